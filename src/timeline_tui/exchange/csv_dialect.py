"""The dialects of CSV: delimiter, header and line numbers of a table, and cells that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.lenient import edtf_of
from timeline_tui.exchange.contract import CannotImport, LeftOut
from timeline_tui.exchange.decode import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LARGEST = 128_000_000
"""Size limit of a file, in bytes; reading it takes about five times as much memory."""
MOST_ROWS = 1_200_000
"""The most rows that are read, however short they are."""
_LONGEST_CELL = 16_000_000
_LINES = re.compile(r"[^\r\n]*(?:\r\n|[\r\n])|[^\r\n]+")
_DELIMITERS = (",", ";", "\t")
_NO_TABLE = "this is not a table: no line has two cells with a comma, semicolon or tab between them"
_LOOKED_AT = 100_000
_MOST_QUOTES = 20

# What a spreadsheet runs as a formula: OWASP's list with its full-width forms, after skipped characters. In a
# spreadsheet that splits at semicolons or tabs, quotation marks only protect a cell that begins with them.
_START = r"(?:\A|(?<=[\r\n;\t]))"
_SKIPPED = r"(?:[^\S\t\r\n]|[\"\u00ad\u200b-\u200f\u2060\ufeff])*"
_FORMULA = rf"{_SKIPPED}[=+@\t\r\uff1d\uff0b\uff20\uff0d-]"
_RISKY = re.compile(rf"{_START}(?='*{_FORMULA})")
_QUOTED = re.compile(rf"{_START}'(?='*{_FORMULA})")
_LONG_NUMBER = re.compile("[0-9.,-]+")
_ISO_DAY = re.compile(r"\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*")


class Row(NamedTuple):
    """A row of a table."""

    line: int
    """The line that it begins on, from 1."""
    cells: list[str]


class Table(NamedTuple):
    """A table with a header."""

    names: list[str]
    """Names of the columns: unique, none empty."""
    rows: list[Row]
    """Each has as many cells as there are names."""
    left_out: list[LeftOut]
    guesses: list[str]

    def records(self) -> Iterator[dict[str, str]]:
        """The rows by column name, without empty cells."""
        for row in self.rows:
            yield {name: cell for name, cell in zip(self.names, row.cells, strict=True) if cell.strip()}


def table_of(data: bytes) -> Table:
    """The table in a file: cells separated by commas, semicolons or tabs, and a header in the first row.

    Short rows are filled up, surplus empty cells are cut off, and any other row with more cells than the
    header, or with a single cell, is left out.

    Raises:
        CannotImport: It is not text, or not a table with at least two columns.
    """
    text, guesses = text_of(data, LARGEST, may_be_windows=True)
    left_out: list[LeftOut] = []
    delimiter, skipped = _delimiter(text)
    rows = [row for row in _rows(text, delimiter, left_out) if row.line > skipped]
    while rows and sum(bool(cell.strip()) for cell in rows[0].cells) < 2:
        left_out.append(LeftOut(rows[0].line, f"text before the header: {rows[0].cells[0][:60]}"))
        rows.pop(0)
    if not rows:
        raise CannotImport(_NO_TABLE)
    names, body = _header(rows, guesses)
    fitted = [fit for row in body if (fit := _fitted(row, len(names), left_out)) is not None]
    return Table(names, fitted, sorted(left_out), guesses)


def harmless(text: str) -> str:
    """A cell that no spreadsheet runs, wherever it splits lines: a `'` is put before each formula."""
    return _RISKY.sub("'", text)


def as_it_was(text: str) -> str:
    """The cell that `harmless()` or `unchanged()` was given."""
    return _QUOTED.sub("", text)


def unchanged(text: str) -> str:
    """A cell as it is, with `'` doubled where `as_it_was()` would remove one that belongs to the cell."""
    return _QUOTED.sub("''", text)


def csv_text(rows: Iterator[Sequence[str]]) -> str:
    """Rows as CSV (RFC 4180): commas, quotation marks where needed, and CR LF at the end of lines."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _rows(text: str, delimiter: str, left_out: list[LeftOut]) -> Iterator[Row]:
    """The rows that are not blank; an unclosed quotation mark costs only its own line."""
    csv.field_size_limit(_LONGEST_CELL)
    start = 0
    for _ in range(_MOST_QUOTES):
        found, last = list[Row](), start
        reader = csv.reader(_lines(text, start), delimiter=delimiter)
        try:
            for cells in islice(reader, MOST_ROWS):
                found.append(Row(last + 1, cells))
                last = start + reader.line_num
        except csv.Error as error:
            left_out.append(LeftOut(last + 1, f"{error}; the rest of the file could not be read"))
            yield from _filled(found)
            return
        if len(found) == MOST_ROWS:
            raise CannotImport(f"{MOST_ROWS:,} rows or more are too many; split the file into several")
        if not found or not _is_open("".join(_lines(text, found[-1].line - 1))):
            yield from _filled(found)
            return
        broken = found.pop()
        yield from _filled(found)
        left_out.append(LeftOut(broken.line, "an unclosed quotation mark"))
        start = broken.line
    reason = "too many unclosed quotation marks; the rest of the file was skipped"
    left_out.append(LeftOut(start + 1, reason))


def _lines(text: str, start: int) -> Iterator[str]:
    """The lines of a text with their line ends, after the first `start`; one by one, to save memory."""
    return (match[0] for match in islice(_LINES.finditer(text), start, None))


def _filled(rows: list[Row]) -> Iterator[Row]:
    return (row for row in rows if any(cell.strip() for cell in row.cells))


def _is_open(row: str) -> bool:
    """Whether a row of several lines, which reaches the end of the file, has an unclosed quotation mark."""
    return row.count('"') % 2 == 1 and row.rstrip("\r\n").count("\n") + row.count("\r") > 0


def _delimiter(text: str) -> tuple[str, int]:
    """The delimiter, and how many lines at the top only declare it (`sep=;`)."""
    first = text[:20].partition("\n")[0].strip().strip('"')
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], 1
    sample = text[:_LOOKED_AT]
    if len(sample) < len(text):
        sample = sample[: sample.rfind("\n") + 1] or sample
    found = max(_DELIMITERS, key=lambda delimiter: _fitness(sample, delimiter))
    if _fitness(sample, found)[1] < 2:
        raise CannotImport(_NO_TABLE)
    return found, 0


def _fitness(sample: str, delimiter: str) -> tuple[float, int]:
    """The share of the first rows that have the most common number of cells, and this number."""
    sizes = [len(row.cells) for row in _rows(sample, delimiter, [])][:100]
    usual = max(set(sizes), key=lambda size: (size > 1, sizes.count(size), size), default=1)
    return (sizes.count(usual) / len(sizes), usual) if usual > 1 else (0.0, 1)


def _header(rows: list[Row], guesses: list[str]) -> tuple[list[str], list[Row]]:
    """The names of the columns, and the rows below them."""
    first = rows[0].cells
    dates = [number for number, cell in enumerate(first) if _is_day(cell)]
    if dates:
        guesses.append("there is no header, so columns are named by their content")
        title = max((n for n in range(len(first)) if n not in dates), key=lambda n: len(first[n]), default=-1)
        named = {dates[0]: "date", title: "title"}
        return _told_apart([named.get(n, "") for n in range(len(first))]), rows
    while len(first) > 2 and not first[-1].strip():
        first = first[:-1]
    return _told_apart([" ".join(cell.split()) for cell in first]), rows[1:]


def _is_day(cell: str) -> bool:
    """Whether a cell is a date, and not a number that may be anything."""
    if _ISO_DAY.fullmatch(cell):
        return True
    is_number = _LONG_NUMBER.fullmatch(cell.strip()) is not None
    return not is_number and len(cell) < 40 and any(map(str.isdigit, cell)) and edtf_of(cell) != ""


def _told_apart(names: list[str]) -> list[str]:
    found: list[str] = []
    for number, name in enumerate(names, start=1):
        base = free = name or f"column-{number}"
        again = 1
        while free in found:
            again += 1
            free = f"{base}-{again}"
        found.append(free)
    return found


def _fitted(row: Row, size: int, left_out: list[LeftOut]) -> Row | None:
    cells = row.cells
    while len(cells) > size and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) > size:
        reason = f"{len(cells)} cells where the header has {size}; perhaps a cell lacks quotation marks"
        left_out.append(LeftOut(row.line, reason))
        return None
    if len(cells) == 1 and size > 2:
        left_out.append(LeftOut(row.line, f"one cell where the header has {size}: {cells[0][:60]}"))
        return None
    return Row(row.line, cells + [""] * (size - len(cells)))
