"""Imports: a file comes in, and goes through in chunks under a lease.

`ImportRun.rows` is how far it is. A chunk's products, problems and the new place are one
transaction, so that a job that is doubled, or dies and is taken up by another, goes on where the
last chunk ended and doubles nothing. What a complete file does not name goes at its end, and a run
can be taken back: both are further phases of the same job.
"""

from catalog.services.imports.start import (
    import_again,
    import_answer,
    import_start,
    import_undo,
    undoable,
)
from catalog.services.imports.work import imports_run

__all__ = [
    "import_again",
    "import_answer",
    "import_start",
    "import_undo",
    "imports_run",
    "undoable",
]
