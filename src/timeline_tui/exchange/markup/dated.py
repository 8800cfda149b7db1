"""Lines that begin with a date, and headings with a date for the lines below them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.lenient import edtf_of, is_month
from timeline_tui.exchange.contract import CannotImport, Imported
from timeline_tui.exchange.json_document import Object

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline_tui.exchange.gathering import Gathering

_SEPARATOR = re.compile(
    r"\s*:\s+|\s+[-\u2013\u2014|]+\s+|\u2014|\s\u2022\s|\.\s+|,\s+|\s*[:\uff1a]\Z|\uff1a|\)\s+|\]\s+"
)
_LEADING = re.compile(r"((?:ca?\.? ?|~)?[0-9]{3,4}(?:-[0-9]{2}){0,2}(?:T[0-9:]+Z?)?s?)\s+(?=[^\W\d_])")
_BEHIND = re.compile(r"(.*?\S)(?:\s+[-\u2013\u2014(]\s*|\s*\(|:\s+|,\s+)([^()]*[0-9][^()]*)\)?")
_MARKS = re.compile(r"\*\*|__|'''?|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|<[^>]{1,100}>|`")
_LONGEST = 60
_YEAR = re.compile(r"-?[0-9]{3,4}")


class Dated(NamedTuple):
    """A text that begins with a date."""

    edtf: str
    written: str
    rest: str


class Item(NamedTuple):
    """A line of a text that may be an event, or a heading above such lines."""

    line: int
    text: str
    level: int = 0
    """The depth of a heading, from 1; 0 for an item of a list."""
    body: str = ""
    """The lines below it."""


def plain(text: str) -> str:
    """A line without the marks of emphasis."""
    return " ".join(_MARKS.sub("", text).split())


def dated(text: str, within: str = "") -> Dated | None:
    """The date that a text begins with, and the rest; None if it does not begin with one.

    Args:
        text: A line, without marks.
        within: The date that it stands under: below `2024`, `4 March: …` is a day.
    """
    best: Dated | None = None
    for match in _SEPARATOR.finditer(text[: _LONGEST + 4]):
        head = text[: match.start()].strip(" ([")
        rest = text[match.end() :].strip()
        if edtf := _date(head, within):
            best = Dated(edtf, head, rest)
    leading = _LEADING.match(text)
    if best is None and leading is not None and (edtf := edtf_of(leading[1])):
        best = Dated(edtf, leading[1], text[leading.end() :].strip())
    if best is None and len(text) <= _LONGEST and (edtf := _date(text.strip(" :"), within)):
        best = Dated(edtf, text.strip(" :"), "")
    return best


def dated_at_end(text: str) -> Dated | None:
    """A heading with its date behind it, as in change logs: `[1.2.0] - 2024-03-04`, `v2 (May 2024)`."""
    match = _BEHIND.fullmatch(text)
    if match is None or len(match[2]) > _LONGEST or not re.search("[0-9]{4}", match[2]):
        return None
    edtf = edtf_of(match[2].strip(" ()"))
    return Dated(edtf, match[2], match[1].strip(" -\u2013\u2014:,[]")) if edtf else None


def _date(text: str, within: str) -> str:
    if not text or len(text) > _LONGEST:
        return ""
    if found := edtf_of(text):
        return found
    year = within[:4] if _YEAR.match(within) else ""
    if not year:
        return ""
    if is_month(text):
        return edtf_of(f"{text} {year}")
    if re.fullmatch(r"[0-9]{1,2}(?:st|nd|rd|th)?\.?", text) and len(within) == 7:
        return edtf_of(f"{within}-{int(re.sub(r'[^0-9]', '', text)):02}")
    return edtf_of(f"{text} {year}") if re.search(r"[^\W\d_]", text) else ""


def events_of(items: Iterable[Item], gathered: Gathering) -> None:
    """Add an event for each dated item and each dated heading that says more than a date.

    Items below a dated heading have its date; other items are counted as lost.
    """
    levels: list[tuple[int, str, str]] = []
    for item in items:
        text = plain(item.text)
        within = next((edtf for _, edtf, _ in reversed(levels) if edtf), "")
        if item.level:
            levels = [each for each in levels if each[0] < item.level]
            within = next((edtf for _, edtf, _ in reversed(levels) if edtf), "")
            found = dated(text, within) or dated_at_end(text)
            levels.append((item.level, found.edtf if found else "", "" if found else text))
            if found is not None and (found.rest or item.body):
                title, body = (found.rest, item.body) if found.rest else _apart(item.body)
                gathered.add(item.line, found.edtf, title, body, **_section(levels))
            continue
        found = dated(text, within)
        if found is not None and (found.rest or item.body):
            title, body = (found.rest, item.body) if found.rest else _apart(item.body)
            gathered.add(item.line, found.edtf, title, body, **_section(levels))
        elif found is None and within and text:
            gathered.add(item.line, within, text, item.body, **_section(levels))
        elif text:
            gathered.lost["items of lists without a date"] += 1


def _apart(body: str) -> tuple[str, str]:
    first, _, rest = body.strip().partition("\n")
    return plain(first), rest.strip("\n")


def _section(levels: Sequence[tuple[int, str, str]]) -> dict[str, str]:
    names = [name for level, _, name in levels if name and level > 1]
    return {"section": names[-1]} if names else {}


class Table(NamedTuple):
    """A table of a text."""

    names: list[str]
    rows: list[tuple[int, list[str]]]
    """Line and cells of each row."""

    def objects(self) -> list[Object]:
        """The rows as plain data with their lines."""
        found = []
        for line, cells in self.rows:
            record = Object({name: cell for name, cell in zip(self.names, cells, strict=False) if cell})
            record.line = line
            if record:
                found.append(record)
        return found


def best_of(tables: Sequence[Table], gathered: Gathering, name: str, title: str, prefix: str) -> Imported:
    """The timeline of a text: its tables of one header, or its dated items, whichever has more dates.

    Raises:
        CannotImport: Nothing in it is dated.
    """
    from timeline_tui.exchange.unknown_shape.reader import of_plain  # noqa: PLC0415  for tables alone

    made: Imported | None = None
    groups: dict[tuple[str, ...], list[Table]] = {}
    for table in tables:
        groups.setdefault(tuple(table.names), []).append(table)
    for alike in groups.values():
        rows = [each for table in alike for each in table.objects()]
        try:
            found = of_plain(rows, name, prefix=prefix) if rows else None
        except CannotImport:
            continue
        if found is not None and (made is None or _dates(found) > _dates(made)):
            made = found
    items = gathered.imported(title)
    if made is None or _dates(made) < _dates(items):
        if not items.events:
            raise CannotImport("no table, list or heading in this text has dates")
        if tables:
            items.lost["tables without dates, or with fewer"] = len(tables)
        return items
    made.title = title
    if rest := len(tables) - len(groups[tuple(_names_of(groups, made))]) if len(groups) > 1 else 0:
        made.lost["other tables"] = rest
    if items.events:
        made.lost["dated items outside of the table"] = len(items.events)
    return made


def _names_of(groups: dict[tuple[str, ...], list[Table]], made: Imported) -> tuple[str, ...]:
    lines = set(made.lines)
    return max(
        groups, key=lambda names: sum(line in lines for each in groups[names] for line, _ in each.rows)
    )


def _dates(imported: Imported) -> int:
    return sum(event["date"] != "XXXX" for event in imported.events)
