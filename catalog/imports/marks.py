"""The columns by which a table says that it is one of ours: its marks before formulas come off."""

# Name of the last column of our own tables of rows that were left out: why each was.
REASON = "lookus_problem"
# Of the products.csv of an export, and empty: its marks are ours too.
EXPORT = "lookus_export"
OURS = (REASON, EXPORT)
