"""Reads workbooks of Excel and LibreOffice: of all sheets, the one with the most dates."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.exchange.contract import CannotImport, Imported, LeftOut
from timeline_tui.exchange.csv_dialect import named_apart
from timeline_tui.exchange.extras import needed
from timeline_tui.exchange.json_document import Object
from timeline_tui.exchange.unknown_shape.reader import of_plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST_INFLATED = 1 << 30
_MOST_TIMES = 200
_MOST_CELLS = 50_000_000
_MOST_COLUMNS = 2_000
_LONGEST_CELL = 1_000_000
_BLOCK = 1 << 20
_REFERENCE = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="([0-9]{1,7})"')
_LOOKED_AT = 50
"""Rows in which the header is looked for."""


class _Sheet(NamedTuple):
    name: str
    rows: list[tuple[int, list[str]]]
    """Row number and cells."""


def is_workbook(data: bytes) -> bool:
    """Whether a file is a workbook: a zip with its parts, or an old one of Excel."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return True
    return data.startswith(b"PK\x03\x04") and bool(_parts(data))


def _parts(data: bytes) -> list[zipfile.ZipInfo]:
    """The parts of a workbook in a zip; none if it is another zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            found = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return []
    names = {part.filename for part in found}
    return found if "xl/workbook.xml" in names or "xl/workbook.bin" in names or "content.xml" in names else []


def read(data: bytes, name: str) -> Imported:
    """The events of the sheet with the most dates.

    Raises:
        CannotImport: It is not a workbook or it is a broken or a dangerous one, or no sheet has dates.
    """
    if data.startswith(b"PK"):
        _refuse_bombs(data)
    calamine = needed("python_calamine", "a workbook of Excel or LibreOffice")
    left_out: list[LeftOut] = []
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [_sheet(book, sheet, left_out) for sheet in book.sheet_names]
    except CannotImport:
        raise
    except (calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise CannotImport(_why(data, str(error))) from None
    return _best([sheet for sheet in sheets if sheet.rows], name, left_out)


def _why(data: bytes, error: str) -> str:
    told = " ".join(error.split())[:120]
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return f"this looks like an Excel 97 workbook that cannot be read: save it as .xlsx ({told})"
    return f"this workbook is broken or has a password: save it again as .xlsx without one ({told})"


def _refuse_bombs(data: bytes) -> None:
    """Raise if the parts of a workbook would fill the memory."""
    parts = _parts(data)
    whole = sum(part.file_size for part in parts)
    if whole > max(_MOST_INFLATED // 4, _MOST_TIMES * len(data)) or whole > _MOST_INFLATED:
        raise CannotImport(
            f"this workbook unpacks to {whole >> 20:,} MiB, which is too much; save its sheet as CSV"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for part in parts:
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    _refuse_wide(packed, part)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        raise CannotImport(_why(data, str(error))) from None


def _refuse_wide(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Raise if the farthest cells of a sheet span too many others: all of these would be made."""
    columns = rows = read = 0
    tail = b""
    with packed.open(part) as stream:
        while block := stream.read(_BLOCK):
            read += len(block)
            if read > _MOST_INFLATED:
                raise CannotImport("a sheet of this workbook is too large; save it as CSV")
            text = tail + block
            for match in _REFERENCE.finditer(text):
                columns, rows = max(columns, _column(match[1])), max(rows, int(match[2]))
            for match in _ROW.finditer(text):
                rows = max(rows, int(match[1]))
            tail = text[-64:]
    if columns > _MOST_COLUMNS or columns * rows > _MOST_CELLS:
        raise CannotImport(
            f"a sheet of this workbook has {columns:,} columns and {rows:,} rows, which is too "
            f"much; delete the empty"
            " ones, or save the sheet as CSV"
        )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheet(book: object, name: str, left_out: list[LeftOut]) -> _Sheet:
    """The rows of a sheet that are not empty."""
    sheet = book.get_sheet_by_name(name)  # type: ignore[attr-defined]  # the package has no types of its own
    if sheet.total_width > _MOST_COLUMNS:
        raise CannotImport(
            f"the sheet {name} has {sheet.total_width:,} columns, which is too much; delete the empty ones"
        )
    rows: list[tuple[int, list[str]]] = []
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        texts = list(map(_text, cells))
        longest = max(map(len, texts), default=0)
        if longest > _LONGEST_CELL:
            left_out.append(LeftOut(number, f"a cell of {longest:,} characters in the sheet {name}"))
        elif any(texts):
            rows.append((number, texts))
    return _Sheet(name, rows)


def _text(cell: object) -> str:  # noqa: PLR0911  one for each type
    """A cell as text, a day or time in ISO 8601."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat(timespec="seconds")
    if isinstance(cell, timedelta):
        return str(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.10g}"
    return str(cell).strip() if cell is not None else ""


def _best(sheets: Sequence[_Sheet], name: str, left_out: list[LeftOut]) -> Imported:
    """The timeline of the sheet with the most dated rows."""
    best: Imported | None = None
    chosen = ""
    for sheet in sheets:
        found = _timeline(sheet, name)
        if found is not None and (best is None or _dates(found) > _dates(best)):
            best, chosen = found, sheet.name
    if best is None:
        raise CannotImport("no sheet of this workbook has a column of dates")
    if len(sheets) > 1:
        others = len(sheets) - 1
        best.guesses.insert(0, f"events are the sheet `{chosen}`, which has the most dates")
        best.lost["other sheet" if others == 1 else "other sheets"] = others
    best.left_out += left_out
    return best


def _timeline(sheet: _Sheet, name: str) -> Imported | None:
    """The timeline of a sheet; None if it has no dates."""
    header = next(
        (at for at, (_, cells) in enumerate(sheet.rows[:_LOOKED_AT]) if sum(map(bool, cells)) > 1), None
    )
    if header is None:
        return None
    if (known := _of_known_columns(sheet, header, name)) is not None:
        return known
    try:
        found = of_plain(list(_objects(sheet, header)), name, prefix="sheet")
    except CannotImport:
        return None
    for number, cells in sheet.rows[:header]:
        found.left_out.append(LeftOut(number, f"text above the header: {' '.join(filter(None, cells))[:60]}"))
    return found


def _objects(sheet: _Sheet, header: int) -> Iterator[Object]:
    cells = sheet.rows[header][1]
    while len(cells) > 1 and not cells[-1]:
        cells = cells[:-1]
    names = named_apart(cells)
    for number, row in sheet.rows[header + 1 :]:
        names += [f"column-{at + 1}" for at in range(len(names), len(row)) if row[at]]
        record = Object({name: cell for name, cell in zip(names, row, strict=False) if cell})
        record.line = number
        yield record


def _of_known_columns(sheet: _Sheet, header: int, name: str) -> Imported | None:
    """The timeline of a sheet with the columns of our CSV or of TimelineJS; None for any other."""
    from timeline_tui.exchange import csv, timelinejs  # noqa: PLC0415  for sheets alone
    from timeline_tui.exchange.csv_dialect import Row, Table  # noqa: PLC0415  as above

    cells = sheet.rows[header][1]
    names = named_apart(cells)
    is_ours = csv.is_own(cells)
    if not is_ours and not timelinejs.is_header(cells):
        return None
    rows = [Row(number, [*row, *[""] * len(names)][: len(names)]) for number, row in sheet.rows[header + 1 :]]
    table = Table(names, rows, [], [])
    return csv.read_own(table, name) if is_ours else timelinejs.read_table(table, name)


def _dates(found: Imported) -> int:
    return sum(event["date"] != "XXXX" for event in found.events)
