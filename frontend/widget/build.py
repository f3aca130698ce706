"""Joins the lens's modules into the one file that shops load: frontend/widget/dist/v1.js.

python frontend/widget/build.py           write it
python frontend/widget/build.py --check   exit 1 when the committed file is stale
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
SOURCES = HERE / "src"
TARGET = HERE / "dist" / "v1.js"
# In the order of their imports: a module stands after those that it uses.
HEADER = "header"
MODULES = (
    "strings",
    "dom",
    "client",
    "picture",
    "styles",
    "views",
    "problems",
    "shell",
    "screens",
    "lens",
)

_IMPORT = re.compile(r"^import .*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)
_COMMENT = re.compile(r"^\s*(//[^\n]*|/\*\*.*?\*/)\n", re.MULTILINE | re.DOTALL)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_BLANK = re.compile(r"\n{2,}")


def joined() -> str:
    """The text of v1.js. Names are unique across modules, so one scope can hold them all."""
    header = (SOURCES / f"{HEADER}.js").read_text(encoding="utf-8")
    return header + "".join(_lean(SOURCES / f"{name}.js") for name in MODULES)


def _lean(path: Path) -> str:
    """A module without imports, exports, comments and indents (no text relies on those)."""
    text = path.read_text(encoding="utf-8")
    for pattern, by in ((_IMPORT, ""), (_EXPORT, ""), (_COMMENT, ""), (_INDENT, "")):
        text = pattern.sub(by, text)
    return _BLANK.sub("\n", text).strip() + "\n"


def main() -> int:
    """Writes the file, or compares it under --check."""
    text = joined()
    if "--check" in sys.argv[1:]:
        if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
            return 0
        sys.stderr.write(f"{TARGET} is stale: run python frontend/widget/build.py\n")
        return 1
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
