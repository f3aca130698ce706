"""How long a map takes to make, and how smoothly it moves."""
