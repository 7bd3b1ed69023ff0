"""Archives that unpack to far more than they weigh. Each takes seconds to pack: a table of cases names the function."""

from __future__ import annotations

import io
import zipfile
from functools import cache


@cache
def bomb() -> bytes:
    """A sheet that says how large it is: half a gigabyte of zeros in half a megabyte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(60):
                part.write(bytes(8_000_000))
    return out.getvalue()


@cache
def lying_bomb(claim: int = 1000) -> bytes:
    """The same, claiming to unpack to 1,000 bytes, in both places where an archive says so."""
    with zipfile.ZipFile(io.BytesIO(bomb())) as archive:
        true = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    return bomb().replace(true.to_bytes(4, "little"), claim.to_bytes(4, "little"))


@cache
def wide_row() -> bytes:
    """A sheet of one row with a million and a half cells, all alike: within every bound but that of density."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"<row>" + b"<c><v>1</v></c>" * 1_500_000)
    return out.getvalue()
