"""Reads what a shop has: files into product rows and problems. Writes nothing itself."""
