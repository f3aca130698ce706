"""ZIP files for tests."""

import io
import zipfile
from collections.abc import Mapping


def zipped(
    files: Mapping[str, bytes], *, raw_names: Mapping[str, bytes] | None = None, level: int = 0
) -> bytes:
    """A ZIP of these files; `raw_names` writes a name as bytes, without the UTF-8 flag."""
    out = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if level else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w", method, compresslevel=level or None) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    data = out.getvalue()
    for name, raw in (raw_names or {}).items():
        assert len(raw) == len(name)
        data = data.replace(name.encode(), raw)
    return data
