"""The catalogue over HTTP, for a shop's own server with its secret key."""
