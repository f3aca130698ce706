"""Reads a shop's own pages politely: robots.txt, sitemaps, schema.org products. Writes no rows."""
