"""What a shop's people say about finding."""
