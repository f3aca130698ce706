"""Reads a shop's own pages politely: robots.txt, sitemaps, schema.org, and a pace for each host."""
