"""The dialects of CSV: delimiter, header and line numbers of a table, and cells that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import re
from functools import partial
from itertools import count, islice
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.lenient import edtf_of
from timeline_tui.exchange.contract import CannotImport, LeftOut
from timeline_tui.exchange.decode import encoded
from timeline_tui.exchange.pieces import Piece
from timeline_tui.mapping.key_names import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONGEST_CELL = 4_000_000
_LINES = re.compile(r"[^\r\n]*(?:\r\n|[\r\n])|[^\r\n]+")
_LINE_END = re.compile(rb"\r\n?|\n")
_DELIMITERS = (",", ";", "\t")
_NO_TABLE = "this is not a table: no line has two cells with a comma, semicolon or tab between them"
_LOOKED_AT = 100_000
_SOME = 200
"""Rows that are written at a time."""
_HEADED = frozenset(("date", "dates", "datum", "fecha", "year", "datetime", "timestamp"))
"""Words by which a row is known as the header, though some of its cells mean dates."""
_LONGEST_NAME = 30
_MOST_QUOTES = 20
_SENTINEL = "\x01end of the piece"

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


MOST_COLUMNS = 16_384
"""As many as a sheet of Excel has."""


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


_MAKE_ROW = partial(tuple.__new__, Row)
"""As `Row._make`, without a look at how many items there are."""


class _Block(NamedTuple):
    """Whole rows that follow one another."""

    rows: list[Row]
    height: int
    """The number of their lines."""
    end: int
    """Where they end in the file, in bytes."""


class _Found(NamedTuple):
    """A row, and where it is in the file, in bytes."""

    row: Row
    start: int
    end: int


class TableReader:
    """A table in a file of any length: cells separated by commas, semicolons or tabs, below a header.

    Short rows are filled up, surplus empty cells are cut off, and any other row with more cells than the
    header, or with a single cell, is left out.

    Args:
        data: The file.

    Raises:
        CannotImport: It is not text, or not a table with at least two columns.
    """

    def __init__(self, data: bytes | bytearray) -> None:
        self._text = encoded(data, may_be_windows=True)
        self._data = self._text.data
        self.guesses = list(self._text.guesses)
        """What was guessed, as in `Imported`."""
        self._before_header: list[LeftOut] = []
        self.left_out: list[LeftOut] = []
        """What was left out, by line, as far as the table was gone through with `runs()`."""
        sample = self._text.decode(self._text.start, min(self._text.start + _LOOKED_AT, len(self._data)))
        self._delimiter, skipped = _delimiter(sample, is_whole=len(self._data) <= _LOOKED_AT)
        found = self._find_header(skipped)
        self.names, is_header = _header(found.row.cells, self.guesses)
        self._body = (
            (found.end, found.row.line + self._height(found)) if is_header else (found.start, found.row.line)
        )

    def _height(self, found: _Found) -> int:
        """The number of lines of a row."""
        return len(_LINES.findall(self._text.decode(found.start, found.end)))

    def _find_header(self, skipped: int) -> _Found:
        """The first row with two cells; lines above it are left out."""
        for found in self._walk(self._text.start, 1, self._before_header):
            if found.row.line <= skipped or not any(cell.strip() for cell in found.row.cells):
                continue
            if sum(bool(cell.strip()) for cell in found.row.cells) > 1:
                return found
            reason = f"text before the header: {found.row.cells[0][:60]}"
            self._before_header.append(LeftOut(found.row.line, reason))
        raise CannotImport(_NO_TABLE)

    def runs(self, most: int) -> Iterator[tuple[Piece, list[Row]]]:
        """The table in pieces of about `most` bytes, with their rows."""
        left_out = list(self._before_header)
        start, line = self._body
        size = len(self._data)
        end = start
        while start < size:
            end = self._next_line(min(max(start + most, end), size))
            try:
                found = self._block(start, end, line)
            except csv.Error:
                yield from self._slowly(start, line, most, left_out)
                break
            if found is not None and not (found.end == size and self._ends_open(found, start, line)):
                yield Piece(start, found.end, line), self._all_fitted(found.rows, left_out)
                start, line = found.end, line + found.height
            elif end == size:
                yield from self._slowly(start, line, most, left_out)
                break
            else:
                end += most
        self.left_out = sorted(left_out)

    def _slowly(
        self, start: int, line: int, most: int, left_out: list[LeftOut]
    ) -> Iterator[tuple[Piece, list[Row]]]:
        """The pieces of a table from a place on of which a quotation mark is not closed."""
        rows: list[Row] = []
        end = start
        for found in self._walk(start, line, left_out):
            if rows and (found.start != end or found.start - start >= most):
                yield Piece(start, end, line), self._all_fitted(rows, left_out)
                rows = []
            if not rows:
                start, line = found.start, found.row.line
            end = found.end
            rows.append(found.row)
        if rows:
            yield Piece(start, end, line), self._all_fitted(rows, left_out)

    def rows(self, piece: Piece) -> list[Row]:
        """The rows of a piece that `runs()` gave."""
        csv.field_size_limit(_LONGEST_CELL)
        text = self._text.decode(piece.start, piece.end)
        rows, _ = self._parsed(text, piece.line)
        return self._all_fitted(rows, [])

    def _block(self, start: int, end: int, line: int) -> _Block | None:
        """The whole rows between two places; None if it cannot be told where the last of them ends.

        Raises:
            csv.Error: A cell is too long.
        """
        csv.field_size_limit(_LONGEST_CELL)
        text = self._text.decode(start, end)
        if not text.endswith(("\n", "\r")):
            text += "\n"
        # A row of ours behind them would become a part of a cell that is still open.
        rows, height = self._parsed(f"{text}{_SENTINEL}", line)
        last = rows.pop()
        if last.cells == [_SENTINEL]:
            return _Block(rows, height - 1, end)
        if not rows:
            return None
        height = last.line - line
        ends = (match.end() for match in _LINE_END.finditer(self._data, start, end))
        cut = next(islice(ends, height - 1, None))
        # A lone carriage return may be part of a cell: no piece begins behind one.
        return _Block(rows, height, cut) if self._data[cut - 1 : cut] == b"\n" else None

    def _parsed(self, text: str, line: int) -> tuple[list[Row], int]:
        """The rows of a text that begins on a line, blank ones included, and the number of their lines."""
        plain = _plain_rows(text, self._delimiter)
        if plain is not None:
            return list(map(_MAKE_ROW, zip(count(line), plain))), len(plain)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=self._delimiter)
        found = list(reader)
        if len(found) == reader.line_num:
            # Each row is on one line.
            return list(map(_MAKE_ROW, zip(count(line), found))), len(found)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=self._delimiter)
        rows = []
        number = line
        for cells in reader:
            rows.append(Row(number, cells))
            number = line + reader.line_num
        return rows, number - line

    def _ends_open(self, found: _Block, start: int, line: int) -> bool:
        """Whether the last of some rows, at the end of the file, has an unclosed quotation mark."""
        rows = found.rows
        if not rows or rows[-1].line == line + found.height - 1:
            return False
        lines = _LINES.findall(self._text.decode(start, found.end))
        return _is_open("".join(lines[rows[-1].line - line :]))

    def _all_fitted(self, rows: list[Row], left_out: list[LeftOut]) -> list[Row]:
        size = len(self.names)
        if all(len(cells) == size and cells[0] and not cells[0].isspace() for _, cells in rows):
            return rows
        found = []
        for row in rows:
            cells = row.cells
            if len(cells) == size and cells[0] and not cells[0].isspace():
                found.append(row)
            elif any(cell.strip() for cell in cells) and (fit := _fitted(row, size, left_out)) is not None:
                found.append(fit)
        return found

    def _walk(self, start: int, line: int, left_out: list[LeftOut]) -> Iterator[_Found]:
        """The rows from a place on; an unclosed quotation mark costs only its own line."""
        csv.field_size_limit(_LONGEST_CELL)
        for _ in range(_MOST_QUOTES):
            held: _Found | None = None
            place = [start]
            last = 0
            reader = csv.reader(self._lines(place), delimiter=self._delimiter)
            try:
                for cells in reader:
                    if held is not None:
                        yield held
                    held = _Found(Row(line + last, cells), held.end if held else start, place[0])
                    last = reader.line_num
            except csv.Error as error:
                if held is not None:
                    yield held
                reason = f"{error}; the rest of the file could not be read"
                left_out.append(LeftOut(line + last, reason))
                return
            if held is None:
                return
            if not _is_open(self._text.decode(held.start, held.end)):
                yield held
                return
            left_out.append(LeftOut(held.row.line, "an unclosed quotation mark"))
            start, line = self._next_line(held.start), held.row.line + 1
        reason = "too many unclosed quotation marks; the rest of the file was skipped"
        left_out.append(LeftOut(line, reason))

    def _lines(self, place: list[int]) -> Iterator[str]:
        """The lines from a place on, with their ends; the place moves along."""
        data, decode = self._data, self._text.decode
        size = len(data)
        while place[0] < size:
            start = place[0]
            place[0] = end = self._next_line(start)
            text = decode(start, end)
            if "\r" in text[:-2]:
                yield from _LINES.findall(text)
            else:
                yield text

    def _next_line(self, start: int) -> int:
        return self._data.find(b"\n", start) + 1 or len(self._data)


def table_of(data: bytes) -> Table:
    """The whole table in a file, as `TableReader` reads it.

    Raises:
        CannotImport: It is not text, or not a table with at least two columns.
    """
    reader = TableReader(data)
    rows = [row for _, run in reader.runs(len(data)) for row in run]
    return Table(reader.names, rows, reader.left_out, reader.guesses)


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
    return "".join(csv_pieces(rows))


def csv_pieces(rows: Iterator[Sequence[str]]) -> Iterator[str]:
    """Rows as `csv_text()` has them, some at a time."""
    while some := list(islice(rows, _SOME)):
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\r\n").writerows(some)
        yield out.getvalue()


def _plain_rows(text: str, delimiter: str) -> list[list[str]] | None:
    """The rows of a text as `csv.reader` gives them, in half the time; None if it is not plain."""
    returns = text.count("\r")
    if returns and not returns == text.count("\r\n") == text.count("\n"):
        return None
    if '"' in text or len(text) > _LONGEST_CELL:
        return None
    lines = text.split("\r\n" if returns else "\n")
    if not lines[-1]:
        lines.pop()
    return [line.split(delimiter) if line else [] for line in lines]


def _is_open(row: str) -> bool:
    """Whether a row of several lines, which reaches the end of the file, has an unclosed quotation mark."""
    return row.count('"') % 2 == 1 and row.rstrip("\r\n").count("\n") + row.count("\r") > 0


def _delimiter(sample: str, *, is_whole: bool) -> tuple[str, int]:
    """The delimiter, and how many lines at the top only declare it (`sep=;`)."""
    first = sample[:20].partition("\n")[0].strip().strip('"')
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], 1
    if not is_whole:
        sample = sample[: sample.rfind("\n") + 1] or sample
    found = max(_DELIMITERS, key=lambda delimiter: _fitness(sample, delimiter))
    if _fitness(sample, found)[1] < 2:
        raise CannotImport(_NO_TABLE)
    return found, 0


def _fitness(sample: str, delimiter: str) -> tuple[float, int]:
    """The share of the first rows that have the most common number of cells, and this number."""
    sizes = [len(cells) for cells in islice(_cells(sample, delimiter), 100)]
    usual = max(set(sizes), key=lambda size: (size > 1, sizes.count(size), size), default=1)
    return (sizes.count(usual) / len(sizes), usual) if usual > 1 else (0.0, 1)


def _cells(sample: str, delimiter: str) -> Iterator[list[str]]:
    """The cells of the rows of a text that are not blank; a quotation mark that is not closed ends them."""
    try:
        for cells in csv.reader(_LINES.findall(sample), delimiter=delimiter):
            if any(cell.strip() for cell in cells):
                yield cells
    except csv.Error:
        return


def _header(first: list[str], guesses: list[str]) -> tuple[list[str], bool]:
    """The names of the columns, and whether the first row has them."""
    dates = [number for number, cell in enumerate(first) if _is_day(cell)]
    # `c1990` may be a column, and means a year as well.
    if dates and not any(_HEADED & set(words_of(cell)) for cell in first if len(cell) < _LONGEST_NAME):
        guesses.append("there is no header, so columns are named by their content")
        title = max((n for n in range(len(first)) if n not in dates), key=lambda n: len(first[n]), default=-1)
        named = {dates[0]: "date", title: "title"}
        return named_apart([named.get(n, "") for n in range(len(first))]), False
    while len(first) > 2 and not first[-1].strip():
        first = first[:-1]
    return named_apart([" ".join(cell.split()) for cell in first]), True


def _is_day(cell: str) -> bool:
    """Whether a cell is a date, and not a number that may be anything."""
    if _ISO_DAY.fullmatch(cell):
        return True
    is_number = _LONG_NUMBER.fullmatch(cell.strip()) is not None
    return not is_number and len(cell) < 40 and any(map(str.isdigit, cell)) and edtf_of(cell) != ""


def named_apart(names: Sequence[str]) -> list[str]:
    """The names of columns, each once and none empty.

    Raises:
        CannotImport: There are more than any spreadsheet has.
    """
    if len(names) > MOST_COLUMNS:
        raise CannotImport(
            f"a table of {len(names):,} columns is wider than any spreadsheet ({MOST_COLUMNS:,});"
            " keep those with dates and texts"
        )
    found: dict[str, None] = {}
    again: dict[str, int] = {}
    for number, name in enumerate(names, start=1):
        base = free = " ".join(name.split()) or f"column-{number}"
        while free in found:
            again[base] = again.get(base, 1) + 1
            free = f"{base}-{again[base]}"
        found[free] = None
    return list(found)


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
