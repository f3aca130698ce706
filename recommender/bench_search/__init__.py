"""`lookus bench search`: what a search costs, what it finds, and what else one could have used.

On made vectors and a database of its own. `lookus.cli.bench_search` serves the database.
"""
