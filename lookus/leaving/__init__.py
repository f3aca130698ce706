"""When a shop leaves: everything it has in one file, and everything of it deleted."""
