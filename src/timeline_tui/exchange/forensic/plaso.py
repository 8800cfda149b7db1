"""Plaso's l2tcsv: seventeen columns, one line per event, `-` for unknown values.

A timestamp is the first second that a date can mean; the other fields of an event are JSON in `extra`.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from timeline_tui.dates.lenient import UNDATED
from timeline_tui.dates.zones import find_zone
from timeline_tui.exchange import csv_dialect
from timeline_tui.exchange.contract import CannotImport, Exported
from timeline_tui.exchange.event_runs import EventRuns
from timeline_tui.exchange.flat_event import FLAT, flattened
from timeline_tui.exchange.forensic.rows import LINKS, begins, linked, meaning, time_of, title_and_text
from timeline_tui.exchange.losses import count_details, count_lost
from timeline_tui.exchange.text_lines import TextLines
from timeline_tui.text.sanitize import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.exchange.gathering import Gathering
    from timeline_tui.model.records import Event
    from timeline_tui.timeline.view import View

COLUMNS = (
    "date", "time", "timezone", "MACB", "source", "sourcetype", "type", "user", "host", "short", "desc",
    "version", "filename", "inode", "notes", "format", "extra",
)  # fmt: skip

_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_UTC = ("UTC", "GMT", "Z", "ZULU", "ETC/UTC")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_SHORT = 80
_NOTHING = ("", "-")
_TOLD = frozenset(["date", "time", "timezone", "short", "desc", "user"])
"""Columns that become fields of the format."""
_KEPT = tuple(name for name in COLUMNS if name not in _TOLD and name != "extra")
_OURS = {"MACB": "....", "source": "STORY", "sourcetype": "timeline-tui", "version": "2"}


def read(data: bytes | bytearray, name: str) -> EventRuns:
    """The timeline in a file of l2tcsv.

    Raises:
        CannotImport: It is not text, its first line is not that of l2tcsv, or it has no events.
    """
    lines = TextLines(data)
    header = next((line for line in lines if line.strip()), "")
    names = [cell.strip().strip('"') for cell in header.split(",")]
    if [each.lower() for each in names] != [each.lower() for each in COLUMNS]:
        raise CannotImport(f"this is not l2tcsv: its first line would be {','.join(COLUMNS)}")
    empty = "no row below the header of this l2tcsv file can be read as an event"
    return EventRuns(lines, name, "plaso", _events, empty)


def _events(lines: TextLines, gathered: Gathering) -> Iterator[None]:
    yield from linked(partial(_rows, lines), gathered, may_link=lines.mentions(LINKS))


def _rows(lines: TextLines, gathered: Gathering) -> Iterator[None]:
    reader = _Reader(gathered)
    is_below = False
    for number, line in enumerate(lines, start=1):
        if line.strip() and is_below:
            reader.take(number, line)
            yield
        is_below = is_below or bool(line.strip())
    if reader.moved:
        gathered.guesses.append(
            f"rows whose time differs from the date in `extra` have that time: {reader.moved}"
        )
    if reader.zones:
        gathered.guesses.append(f"times of {', '.join(sorted(reader.zones))} are read without a zone")


def write(view: View) -> Exported:
    """A view as l2tcsv, in its order; cells that a spreadsheet would run are made harmless."""
    lost, rows, events = Counter[str](), [list(COLUMNS)], []
    for key in view.keys:
        event = view.event(key)
        if not begins(event.date.text) or event.date.text == UNDATED:
            lost["events without a date in the years 1 to 9999"] += 1
            continue
        events.append(event)
        count_lost(lost, event, FLAT | {"text", "extra"})
        rows.append(
            [cell if cell == "-" else csv_dialect.harmless(cell) for cell in _cells(view, key, event)]
        )
    count_details(lost, view, events)
    return Exported(csv_dialect.csv_text(iter(rows)).replace("\r\n", "\n"), lost)


def _cells(view: View, key: int, event: Event) -> list[str]:
    """The row of an event."""
    day, clock = begins(event.date.text).split("T")
    year, month, of_month = day.split("-")
    title = one_line(event.title)
    own = {name: value for name, value in event.extra.items() if name in _KEPT and isinstance(value, str)}
    rest = {name: value for name, value in event.extra.items() if name not in own}
    fields = {"edtf": event.date.text, **flattened(view, key, event)}
    fields |= {"text": visible(event.text)} if event.text else {}
    fields |= {name: value for name, value in rest.items() if name not in fields}
    cells = {
        **dict.fromkeys(COLUMNS, "-"),
        **_OURS,
        "type": meaning(view, event.date),
        **{name: one_line(value) for name, value in own.items()},
        "date": f"{month}/{of_month}/{year}",
        "time": clock,
        "timezone": "UTC",
        "short": title if len(title) <= _SHORT else f"{title[: _SHORT - 3]}...",
        "desc": title,
        "extra": json.dumps(fields | ({"columns": list(own)} if own else {}), ensure_ascii=False),
    }
    return [cells[name] for name in COLUMNS]


class _Reader:
    """Makes events of lines.

    Args:
        gathered: Takes them.
    """

    def __init__(self, gathered: Gathering) -> None:
        self._gathered = gathered
        self._builder = gathered.builder
        self.moved = 0
        """How many rows have a time that no longer agrees with the date in `extra`."""
        self.zones: set[str] = set()
        """Unknown time zones."""

    def take(self, number: int, line: str) -> None:
        """Make an event of a line, or record why that is not possible."""
        cells = _split(line)
        if len(cells) != len(COLUMNS):
            self._gathered.leave_out(number, f"{len(cells)} cells, but l2tcsv has {len(COLUMNS)}")
            return
        row = dict(zip(COLUMNS, cells, strict=True))
        ours = _ours(row["extra"])
        if ours is not None:
            row = {name: csv_dialect.as_it_was(cell) for name, cell in row.items()}
        title, text = _title_and_text(row) if ours is None else title_and_text(row["desc"])
        date = self._date(row)
        kept: dict[str, object] = {name: row[name] for name in _KEPT if row[name] not in _NOTHING}
        if ours is None:
            kept["extra"] = row["extra"].strip()
        else:
            date = self._exact(date, ours.pop("edtf", ""))
            columns = ours.pop("columns", [])
            kept = {name: kept[name] for name in columns if name in kept} if isinstance(columns, list) else {}
        if date == UNDATED:
            kept["plaso-date"] = f"{row['date']} {row['time']}"
        elif self._zone_is_lost(row):
            kept["timezone"] = row["timezone"]
        taken = self._builder.fields(kept | (ours or {}))
        event: dict[str, object] = {
            "id": self._builder.ids.id_for(title, str(taken.pop("id", ""))),
            "date": date,
            "title": title,
            "text": text,
            "actors": [self._builder.actors.id_of(row["user"])] if row["user"] not in _NOTHING else [],
        }
        self._gathered.put(number, {name: value for name, value in (event | taken).items() if value})

    def _date(self, row: dict[str, str]) -> str:
        match = _DAY.fullmatch(row["date"].strip())
        if match is None:
            return UNDATED
        month, day, year = match.groups()
        date = f"{year}-{month:0>2}-{day:0>2}"
        zone = row["timezone"].strip()
        time = time_of(f"{date}T{row['time'].strip()}")
        if time.edtf:
            return time.edtf + _offset(zone, time.edtf)
        return date if begins(date) else UNDATED

    def _zone_is_lost(self, row: dict[str, str]) -> bool:
        zone = row["timezone"].strip()
        if zone in _NOTHING or zone.upper() in _UTC:
            return False
        if find_zone(zone) is None:
            self.zones.add(zone)
        return True

    def _exact(self, date: str, exact: object) -> str:
        """The date in `extra`, if the columns still agree with it."""
        if isinstance(exact, str) and (first := begins(exact)):
            if first == begins(date):
                return exact
            self.moved += 1
        return date


def _split(line: str) -> list[str]:
    """The cells of a line; plaso itself never quotes cells, but spreadsheets do."""
    cells = line.split(",")
    odd = [cell for cell in cells if cell.startswith('"')]
    if len(cells) == len(COLUMNS) and (not odd or not all(map(_QUOTED.fullmatch, odd))):
        return cells
    try:
        quoted = next(csv.reader([line]), [])
    except csv.Error:
        return cells
    return quoted if len(quoted) == len(COLUMNS) else cells


def _ours(extra: str) -> dict[str, object] | None:
    """What this program wrote into `extra`; None if another program did."""
    if not extra.startswith('{"edtf"'):
        return None
    try:
        found: object = json.loads(extra)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _title_and_text(row: dict[str, str]) -> tuple[str, str]:
    """Title and text: the short message, or the long one if the short one was cut off or says less."""
    short, long = row["short"].strip(), row["desc"].strip()
    if long in _NOTHING or long == short:
        return title_and_text(short if short not in _NOTHING else "")
    if short in _NOTHING or (short.endswith("...") and long.startswith(short[:-3])):
        return title_and_text(long)
    return title_and_text(short).title, long


def _offset(zone: str, edtf: str) -> str:
    """`Z` or `+02:00` for a zone at a time; empty if the zone is unknown."""
    if zone.upper() in _UTC:
        return "Z"
    found = find_zone(zone)
    offset = datetime.fromisoformat(edtf).replace(tzinfo=found).utcoffset() if found else None
    if offset is None:
        return ""
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
