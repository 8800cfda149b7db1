r"""CSV: one row per event, in columns that can be imported without change; and any table with dates.

A list is one cell with `; ` between its items, and a `\\` before a `;` that is part of an item. The names and
titles for the ids in `by`, `actors` and `sources` are in columns beside them, in the same order.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, get_args

from timeline_tui.dates.lenient import UNDATED, edtf_of
from timeline_tui.exchange import csv_dialect, losses, timelinejs
from timeline_tui.exchange.contract import CannotImport, Exported, Imported
from timeline_tui.exchange.decode import title_of
from timeline_tui.exchange.json_document import Object
from timeline_tui.exchange.native.plain import PlainTimeline
from timeline_tui.exchange.pieces import PIECE
from timeline_tui.exchange.stream import SAMPLE, as_guessed, stream_of
from timeline_tui.mapping.walk import flat_entry
from timeline_tui.model.records import Status
from timeline_tui.text.addresses import is_address
from timeline_tui.text.ids import id_from_title, is_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from timeline_tui.exchange.contract import LeftOut
    from timeline_tui.exchange.csv_dialect import Table
    from timeline_tui.exchange.pieces import Piece
    from timeline_tui.exchange.stream import Choose, Row, Stream
    from timeline_tui.mapping.walk import Entry
    from timeline_tui.model.records import Event
    from timeline_tui.timeline.view import View

COLUMNS = (
    "id", "date", "known", "title", "text", "kind", "status", "by", "by_names", "outcome", "place",
    "actors", "actor_names", "tags", "sources", "source_titles", "source_urls", "links", "postponed",
    "quotes", "claims",
)  # fmt: skip
"""The exported columns, before those of custom fields. `quotes` and `claims` are counts."""
_TEXTS = ("id", "known", "title", "text", "kind", "status", "outcome", "place")
_COUNTED = ("quotes", "claims")
_MARKS = frozenset({"by_names", "actor_names", "source_titles", "source_urls"})
"""Columns that only a table of this program has."""
_HELD = ("text", "kind", "status", "by", "known", "outcome", "place", "actors", "roles", "tags", "sources",
         "locators", "links", "postponed", "extra")  # fmt: skip
_ITEM = re.compile(r"((?:[^\\;]|\\.|\\\Z)*)(;|\Z)", re.DOTALL)
_PAIR = re.compile(r"((?:[^\\:]|\\.)+):(?: (.*))?", re.DOTALL)
_LONGEST_TITLE = 100
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{|\[\s*[{\[])")


def read(data: bytes, name: str, choose: Choose = as_guessed) -> Imported:
    """The timeline in a table: in our columns, those of the TimelineJS spreadsheet, or any that has dates.

    Raises:
        CannotImport: It is not a table, or it has no column of dates.
    """
    if _JSON.match(data):
        raise CannotImport("this is JSON, not a table")
    stream = stream_in(data, name, choose)
    if stream is not None:
        return stream.imported()
    found = csv_dialect.table_of(data)
    if is_own(found.names):
        return read_own(found, name)
    if timelinejs.is_header(found.names):
        return timelinejs.read_table(found, name)
    from timeline_tui.exchange.unknown_shape.reader import of_plain  # noqa: PLC0415  it imports much

    made = of_plain(list(_objects(found)), name, prefix="csv", choose=choose)
    made.left_out += found.left_out
    made.guesses += found.guesses
    return made


def stream_in(data: bytes | bytearray, name: str, choose: Choose = as_guessed) -> Stream | None:
    """The stream of a table of others, a row an event; None for a table in a known format.

    Raises:
        CannotImport: It is not a table.
        UsageError: A column that was chosen is not there.
    """
    if _JSON.match(data):
        raise CannotImport("this is JSON, not a table")
    source = TableEntries(csv_dialect.TableReader(data))
    if (is_own(source.names) or timelinejs.is_header(source.names)) and not choose(source.names):
        return None
    return stream_of(source, name, choose)


class TableEntries:
    """The rows of a table as entries.

    Args:
        table: The table.
    """

    prefix = "csv"

    def __init__(self, table: csv_dialect.TableReader) -> None:
        self._table = table
        self.names = table.names

    @property
    def guesses(self) -> list[str]:
        """What was guessed about the table."""
        return self._table.guesses

    @property
    def left_out(self) -> list[LeftOut]:
        """What was left out, once the table was gone through."""
        return self._table.left_out

    def some(self) -> list[Entry]:
        """The first rows."""
        rows = (row for _, run in self._table.runs(PIECE) for row in run)
        return [flat_entry(self._fields(row.cells), row.line) for row in islice(rows, SAMPLE)]

    def texts(self, names: Sequence[str]) -> Iterator[tuple[Piece, int, list[list[str]]]]:
        """The pieces of the table with the texts of some columns."""
        places = [self.names.index(name) for name in names]
        for piece, rows in self._table.runs(PIECE):
            yield piece, len(rows), [[row.cells[place] for row in rows] for place in places]

    def rows(self, piece: Piece) -> list[Row]:
        """The rows of a piece."""
        return [(self._fields(cells), line) for line, cells in self._table.rows(piece)]

    def _fields(self, cells: list[str]) -> dict[str, str]:
        """The cells of a row that are not blank, by column."""
        if all(map(str.strip, cells)):
            return dict(zip(self.names, cells, strict=True))
        filled = zip(self.names, cells, strict=True)
        return {name: cell for name, cell in filled if cell and not cell.isspace()}


def is_own(names: Iterable[str]) -> bool:
    """Whether columns are those that this program writes."""
    return {"date", "title"} <= set(names) and bool(_MARKS.intersection(names))


def write(view: View, *, raw: bool = False) -> Exported:
    """A view as CSV in columns of our own.

    Args:
        view: The events, in its order.
        raw: Whether cells that a spreadsheet would run stay as they are, without a `'` before them.
    """
    names, rows, lost = table(view)
    safe = csv_dialect.unchanged if raw else csv_dialect.harmless

    def lines() -> Iterator[list[str]]:
        yield list(map(safe, names))
        for row in rows():
            yield [safe(row.get(name, "")) for name in names]

    return Exported(lambda: csv_dialect.csv_pieces(lines()), lost)


def table(view: View) -> tuple[list[str], Callable[[], Iterator[dict[str, str]]], Counter[str]]:
    """The columns of our own for a view, what gives the cells of each event, and what has no column."""
    timeline = PlainTimeline(view)
    lost = timeline.lost - Counter({losses.NO_STATUS: timeline.lost[losses.NO_STATUS]})
    own: dict[str, None] = {}
    for event in map(view.event, view.keys):
        columns = _own_cells(event)
        own |= dict.fromkeys(columns)
        if more := len(event.extra) - len(columns):
            lost["custom fields"] += more
        losses.count_lost(lost, event, _HELD)
    losses.count_details(lost, view, map(view.event, view.keys))

    def rows() -> Iterator[dict[str, str]]:
        for event in map(view.event, view.keys):
            yield _cells(view, event) | {"links": _links(timeline.links_of(event))} | _own_cells(event)

    return [*COLUMNS, *own], rows, +lost


def _own_cells(event: Event) -> dict[str, str]:
    """The fields of an event that the format does not know, as far as they can be columns."""
    return {
        name: value
        for name, value in event.extra.items()
        if isinstance(value, str) and name not in COLUMNS and name and name == " ".join(name.split())
    }


def _cells(view: View, event: Event) -> dict[str, str]:
    """The cells of an event by column, except its links and its own fields."""
    sources = [view.source(citation.id) for citation in event.sources]
    cells = {name: str(getattr(event, name) or "") for name in _TEXTS}
    return cells | {
        "status": "" if losses.has_no_status(view, event) else event.status,
        "date": event.date.text,
        "by": _list(event.by),
        "by_names": _list(_names(view, event.by)),
        "actors": _list(f"{_key(id_)}: {role}" if role else _key(id_) for id_, role in event.actors.items()),
        "actor_names": _list(_names(view, event.actors)),
        "tags": _list(event.tags),
        "sources": _list(
            f"{_key(each.id)}: {each.at}" if each.at else _key(each.id) for each in event.sources
        ),
        "source_titles": _list(source.title if source else "" for source in sources),
        "source_urls": _list(source.url if source else "" for source in sources),
        "postponed": _list(
            plan.date.text + (f", known {plan.known.text}" if plan.known else "") for plan in event.postponed
        ),
        "quotes": str(len(event.quotes) or ""),
        "claims": str(len(event.claims) or ""),
    }


def _names(view: View, ids: Iterable[str]) -> Iterator[str]:
    for id_ in ids:
        actor = view.actor(id_)
        yield actor.name if actor else ""


def _links(links: Mapping[str, Iterable[str]]) -> str:
    return _list(f"{_key(relation)}: {', '.join(ids)}" for relation, ids in links.items())


def _list(items: Iterable[str]) -> str:
    r"""Items in one cell; `\e`, which means nothing, keeps spaces at the ends of an item."""
    return "; ".join(
        re.sub(r"\A(?=\s)|(?<=\s)\Z", r"\\e", re.sub(r"([\\;])", r"\\\1", item)) for item in items
    )


def _key(text: str) -> str:
    """Text that is written before a colon."""
    return re.sub(r"([\\:])", r"\\\1", text)


def _items(cell: str) -> list[str]:
    """The items in a cell."""
    found, place = [], 0
    while cell.strip() and (match := _ITEM.match(cell, place)) is not None:
        found.append(_unescaped(match[1].strip()))
        place = match.end()
        if not match[2]:
            break
    return found


def _pair(item: str) -> tuple[str, str]:
    """The parts of an item before and after its colon; without a colon, all of it is the first part."""
    match = _PAIR.fullmatch(item)
    return (_unescaped(match[1]), match[2] or "") if match else (_unescaped(item), "")


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: "" if match[1] == "e" else match[1], text, flags=re.DOTALL)


def _objects(found: Table) -> Iterator[Object]:
    """The rows as plain data with line numbers."""
    for row, record in zip(found.rows, found.records(), strict=True):
        plain = Object(record)
        plain.line = row.line
        yield plain


def read_own(found: Table, name: str) -> Imported:
    """The timeline in a table for whose columns `is_own()` is true."""
    made = Imported(title_of(name), [], left_out=found.left_out, guesses=found.guesses)
    reader = _Reader(made)
    for row, record in zip(found.rows, found.records(), strict=True):
        made.events.append(
            reader.event(
                {csv_dialect.as_it_was(key): csv_dialect.as_it_was(cell) for key, cell in record.items()}
            )
        )
        made.lines.append(row.line)
    made.header |= {name: records for name, records in reader.registers.items() if records}
    return made


class _Reader:
    """Makes events of rows, and records the actors and sources that they name.

    Args:
        made: Receives the counts of what was lost.
    """

    def __init__(self, made: Imported) -> None:
        self.registers: dict[str, dict[str, dict[str, object]]] = {"actors": {}, "sources": {}}
        self._made = made

    def event(self, cells: Mapping[str, str]) -> dict[str, object]:
        """The event in a row, given as cells by column."""
        event: dict[str, object] = {name: cells[name] for name in _TEXTS if name in cells}
        event["date"] = UNDATED
        title = cells.get("title") or " ".join(cells.get("text", "").split())[:_LONGEST_TITLE]
        event["title"] = title or "Without a title"
        for field in ("date", "known"):
            if field in cells:
                event |= _dated(field, cells[field])
        if cells.get("id") and not is_id(cells["id"]):
            event["csv-id"] = event.pop("id")
        if cells.get("status") and cells["status"] not in get_args(Status):
            event["csv-status"] = event.pop("status")
        by = self._named("actors", cells, "by", name="by_names")
        actors = self._named("actors", cells, "actors", name="actor_names")
        sources = self._named("sources", cells, "sources", title="source_titles", url="source_urls")
        event["by"] = list(by)
        event["actors"] = actors if any(actors.values()) else list(actors)
        event["sources"] = [{"id": id_, "at": at} if at else id_ for id_, at in sources.items()]
        event["tags"] = _items(cells.get("tags", ""))
        pairs = map(_pair, _items(cells.get("links", "")))
        event["links"] = {relation: [id_.strip() for id_ in ids.split(",")] for relation, ids in pairs if ids}
        event |= _postponed(cells.get("postponed", ""))
        self._count(cells)
        event |= {name: cell for name, cell in cells.items() if name not in COLUMNS}
        return {name: value for name, value in event.items() if value not in ("", [], {})}

    def _named(self, register: str, cells: Mapping[str, str], column: str, **beside: str) -> dict[str, str]:
        """The text after each id in a column; the id is recorded with what the columns beside it say."""
        texts = {field: _items(cells.get(name, "")) for field, name in beside.items()}
        found: dict[str, str] = {}
        for number, (given, rest) in enumerate(map(_pair, _items(cells.get(column, "")))):
            id_ = given if is_id(given) else id_from_title(given)
            known = {field: items[number] for field, items in texts.items() if number < len(items)}
            record = self.registers[register].setdefault(id_, {next(iter(beside)): given})
            for field, text in known.items():
                if text and (field != "url" or is_address(text)):
                    record[field] = text
            found[id_] = rest
        return found

    def _count(self, cells: Mapping[str, str]) -> None:
        """Count as lost what a row only has the number of."""
        for name in _COUNTED:
            number = cells.get(name, "").strip()
            if number.isascii() and number.isdigit():
                self._made.lost[name] = self._made.lost.get(name, 0) + int(number[:6])


def _dated(field: str, text: str) -> dict[str, str]:
    """A date field; a date that cannot be read is kept under another name."""
    if edtf := edtf_of(text):
        return {field: edtf}
    return {field: UNDATED if field == "date" else "", f"csv-{field}": text}


def _postponed(cell: str) -> dict[str, object]:
    plans = []
    for item in _items(cell):
        date, _, known = item.partition(", known ")
        if edtf_of(date) != date or (known and edtf_of(known) != known):
            return {"csv-postponed": cell}
        plans.append({"date": date, "known": known} if known else {"date": date})
    return {"postponed": plans}
