"""Reads workbooks of Excel and LibreOffice: of all sheets, the one with the most dates."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.lenient import UNDATED, edtf_of
from timeline_tui.exchange.contract import CannotImport, Imported, LeftOut
from timeline_tui.exchange.csv_dialect import named_apart
from timeline_tui.exchange.extras import needed
from timeline_tui.exchange.json_document import Object
from timeline_tui.exchange.pieces import Piece
from timeline_tui.exchange.stream import SAMPLE, as_guessed, mapping_in, stream_of
from timeline_tui.exchange.unknown_shape.reader import of_plain
from timeline_tui.mapping.walk import flat_entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.exchange.stream import Choose, Stream
    from timeline_tui.exchange.stream import Row as PlainRow
    from timeline_tui.mapping.walk import Entry

_MOST_INFLATED = 1 << 30
_MOST_TIMES = 200
_MOST_CELLS = 50_000_000
_MOST_COLUMNS = 2_000
_LONGEST_CELL = 1_000_000
_BLOCK = 1 << 20
_REFERENCE = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="([0-9]{1,7})"')
ROWS = 2_000
"""The rows of a piece."""
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


def read(data: bytes, name: str, choose: Choose = as_guessed) -> Imported:
    """The events of the sheet with the most dates.

    Raises:
        CannotImport: It is not a workbook or it is a broken or a dangerous one, or no sheet has dates.
        UsageError: A column that was chosen is not there.
    """
    left_out: list[LeftOut] = []
    sheets = _sheets(data, left_out)
    made = [(_known(sheet, name), sheet) for sheet in sheets]
    best = max(made, key=lambda each: _dates(each[0]) if each[0] else _dated_rows(each[1]), default=None)
    if best is None or not (best[0] or _dated_rows(best[1])):
        raise CannotImport("no sheet of this workbook has a column of dates")
    found = best[0] or _timeline(best[1], name, choose)
    _tell_others(found, best[1], len(sheets))
    found.left_out += left_out
    return found


def stream_in(data: bytes | bytearray, name: str, choose: Choose) -> Stream | None:
    """The rows of the sheet with the most dates, piece by piece; None for columns that a format knows.

    Raises:
        CannotImport: As `read()`.
        UsageError: A column that was chosen is not there.
    """
    left_out: list[LeftOut] = []
    sheets = _sheets(bytes(data), left_out)
    best = max(sheets, key=_dated_rows, default=None)
    if best is None or not _dated_rows(best) or any(_is_known(sheet) for sheet in sheets):
        return None
    source = SheetEntries(best, left_out)
    stream = stream_of(source, name, choose)
    if stream is not None and len(sheets) > 1:
        source.guesses.append(_chosen(best))
        stream.lost.update(_others(len(sheets)))
    return stream


class SheetEntries:
    """The rows of a sheet as entries.

    Args:
        sheet: The sheet, which has a header.
        left_out: What was left out of the workbook.
    """

    prefix = "sheet"

    def __init__(self, sheet: _Sheet, left_out: list[LeftOut]) -> None:
        header = _header(sheet) or 0
        self._rows = sheet.rows[header + 1 :]
        self.guesses: list[str] = []
        above = [
            LeftOut(number, f"text above the header: {' '.join(filter(None, cells))[:60]}")
            for number, cells in sheet.rows[:header]
        ]
        self.left_out = [*above, *left_out]
        self.names = _names(sheet, header)

    def some(self) -> list[Entry]:
        """The first rows."""
        return [flat_entry(*row) for row in self.rows(Piece(0, SAMPLE, 1))]

    def texts(self, names: Sequence[str]) -> Iterator[tuple[Piece, int, list[list[str]]]]:
        """The pieces of the sheet with the texts of some columns."""
        places = [self.names.index(name) for name in names]
        for start in range(0, len(self._rows), ROWS):
            rows = self._rows[start : start + ROWS]
            columns = [[cells[at] if at < len(cells) else "" for _, cells in rows] for at in places]
            yield Piece(start, start + len(rows), rows[0][0]), len(rows), columns

    def rows(self, piece: Piece) -> list[PlainRow]:
        """The rows of a piece."""
        return [
            ({name: cell for name, cell in zip(self.names, cells, strict=False) if cell}, number)
            for number, cells in self._rows[piece.start : piece.end]
        ]


def _sheets(data: bytes, left_out: list[LeftOut]) -> list[_Sheet]:
    """The sheets of a workbook that are not empty."""
    if data.startswith(b"PK"):
        _refuse_bombs(data)
    calamine = needed("python_calamine", "a workbook of Excel or LibreOffice")
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [_sheet(book, sheet, left_out) for sheet in book.sheet_names]
    except CannotImport:
        raise
    except (calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise CannotImport(_why(data, str(error))) from None
    return [sheet for sheet in sheets if sheet.rows]


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


def _header(sheet: _Sheet) -> int | None:
    """The place of the row that names the columns; None if there is none."""
    rows = enumerate(sheet.rows[:_LOOKED_AT])
    return next((at for at, (_, cells) in rows if sum(map(bool, cells)) > 1), None)


def _names(sheet: _Sheet, header: int) -> list[str]:
    """The names of the columns, with those of columns without one that have cells."""
    cells = sheet.rows[header][1]
    while len(cells) > 1 and not cells[-1]:
        cells = cells[:-1]
    names = named_apart(cells)
    widest = max((len(row) for _, row in sheet.rows[header + 1 :]), default=0)
    used = {at for _, row in sheet.rows[header + 1 :] for at in range(len(names), len(row)) if row[at]}
    last = max(used, default=len(names) - 1)
    return names + [f"column-{at + 1}" for at in range(len(names), min(widest, last + 1))]


def _dated_rows(sheet: _Sheet) -> int:
    """How many rows of a sheet have a date, judged by some of them; 0 if its columns have none."""
    header = _header(sheet)
    if header is None:
        return 0
    source = SheetEntries(sheet, [])
    mapping = mapping_in(source, as_guessed)
    if mapping is None or not mapping.of("date"):
        return 0
    some = source.some()
    dated = sum(any(edtf_of(str(entry.fields.get(key, ""))) for key in mapping.of("date")) for entry in some)
    # A sheet whose dates are numbers of days is read as a whole.
    return max(1, dated * len(sheet.rows) // max(1, len(some)))


def _is_known(sheet: _Sheet) -> bool:
    """Whether a sheet has the columns of our CSV or of TimelineJS."""
    from timeline_tui.exchange import csv, timelinejs  # noqa: PLC0415  for sheets alone

    header = _header(sheet)
    return header is not None and (
        csv.is_own(sheet.rows[header][1]) or timelinejs.is_header(sheet.rows[header][1])
    )


def _known(sheet: _Sheet, name: str) -> Imported | None:
    """The timeline of a sheet with the columns of our CSV or of TimelineJS; None for any other."""
    from timeline_tui.exchange import csv, timelinejs  # noqa: PLC0415  for sheets alone
    from timeline_tui.exchange.csv_dialect import Row, Table  # noqa: PLC0415  as above

    header = _header(sheet)
    if header is None or not _is_known(sheet):
        return None
    cells = sheet.rows[header][1]
    names = named_apart(cells)
    rows = [Row(number, [*row, *[""] * len(names)][: len(names)]) for number, row in sheet.rows[header + 1 :]]
    table = Table(names, rows, [], [])
    return csv.read_own(table, name) if csv.is_own(cells) else timelinejs.read_table(table, name)


def _timeline(sheet: _Sheet, name: str, choose: Choose) -> Imported:
    """The timeline of a sheet that has dates."""
    source = SheetEntries(sheet, [])
    stream = stream_of(source, name, choose)
    if stream is not None:
        return stream.imported()
    found = of_plain(list(_objects(source)), name, prefix="sheet", choose=choose)
    found.left_out += source.left_out
    return found


def _objects(source: SheetEntries) -> Iterator[Object]:
    for piece, *_ in source.texts(()):
        for fields, line in source.rows(piece):
            record = Object(fields)
            record.line = line
            yield record


def _chosen(sheet: _Sheet) -> str:
    return f"events are the sheet `{sheet.name}`, which has the most dates"


def _others(sheets: int) -> dict[str, int]:
    return {"other sheet" if sheets == 2 else "other sheets": sheets - 1}


def _tell_others(found: Imported, sheet: _Sheet, sheets: int) -> None:
    if sheets > 1:
        found.guesses.insert(0, _chosen(sheet))
        found.lost |= _others(sheets)


def _dates(found: Imported) -> int:
    return sum(event["date"] != UNDATED for event in found.events)
