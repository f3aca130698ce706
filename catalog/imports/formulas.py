"""Cells that a spreadsheet would run as a formula, made harmless and read back."""

# Name of the last column of our own tables of rows that were left out: why each was.
REASON = "lookus_problem"
# Of the products.csv of an export, and empty: its quotes are ours too.
EXPORT = "lookus_export"
OURS = (REASON, EXPORT)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
QUOTE = "'"


def quoted(text: str) -> str:
    """The cell as no spreadsheet runs it."""
    return QUOTE + text if text.lstrip(QUOTE).startswith(FORMULA) else text


def unquoted(text: str) -> str:
    """The cell before it was `quoted`."""
    inner = text.removeprefix(QUOTE)
    return inner if inner != text and inner.lstrip(QUOTE).startswith(FORMULA) else text
