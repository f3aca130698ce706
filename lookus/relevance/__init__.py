"""`lookus bench relevance`: are the first results right? On labelled photos and written queries.

`lookus.cli.bench_relevance` serves the database.
"""
