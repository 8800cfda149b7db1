"""Mermaid's gantt diagram: tasks in sections, each with a start and an end or a duration.

https://mermaid.js.org/syntax/gantt.html. A section becomes a tag; a task's state is kept as `mermaid-state`.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.day_numbers import add_months
from timeline_tui.dates.lenient import edtf_of, interval_between
from timeline_tui.exchange.event_runs import EventRuns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline_tui.exchange.gathering import Gathering
    from timeline_tui.exchange.text_lines import TextLines

_BEGIN = re.compile(r"\s*gantt\s*;?\s*", re.IGNORECASE)
_FENCE = re.compile(r"\s*(?:```|~~~)")
_SETTING = re.compile(
    r"\s*(?:axisFormat|tickInterval|excludes|includes|todayMarker|inclusiveEndDates|topAxis|weekday|weekend"
    r"|displayMode|click|accTitle|accDescr|%%|---)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\s*(title|section|dateFormat)\s+(.*)", re.IGNORECASE)
_TASK = re.compile(r"\s*([^:]+?)\s*:(.*)")
_STATES = ("done", "active", "crit", "milestone", "vert")
_DURATION = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(ms|s|m|h|d|w|M|y)")
_SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_TOKENS = {
    "YYYY": "%Y", "YY": "%y", "MMMM": "%B", "MMM": "%b", "MM": "%m", "M": "%m", "DDDD": "%j", "DD": "%d",
    "Do": "%d", "D": "%d", "HH": "%H", "H": "%H", "hh": "%I", "h": "%I", "mm": "%M", "m": "%M", "ss": "%S",
    "s": "%S", "A": "%p", "a": "%p",
}  # fmt: skip
_TOKEN = re.compile("|".join(_TOKENS))


class _Span(NamedTuple):
    start: datetime
    end: datetime
    """The first moment after it, unless it was written as a date."""
    is_written: bool
    """Whether the end was written as a date, which is then the last day."""


def begins(lines: Iterable[str]) -> bool:
    """Whether some lines have the beginning of a gantt diagram."""
    return any(map(_BEGIN.fullmatch, lines))


def runs(lines: TextLines, name: str) -> EventRuns:
    """The tasks of the first gantt diagram of a file, run by run."""
    return EventRuns(lines, name, "mermaid", _tasks, "this gantt diagram has no task with a date")


def _tasks(lines: TextLines, gathered: Gathering) -> Iterator[None]:
    reader = _Reader(gathered)
    for number, line in enumerate(lines, start=1):
        reader.take(number, line)
        yield


class _Reader:
    """Reads a diagram line by line."""

    def __init__(self, gathered: Gathering) -> None:
        self.gathered = gathered
        self._begun = self._ended = False
        self._format = "%Y-%m-%d"
        self._section = ""
        self._spans: dict[str, _Span] = {}
        self._last: _Span | None = None

    def take(self, number: int, line: str) -> None:
        """Read the next line."""
        if not self._begun:
            self._begun = _BEGIN.fullmatch(line) is not None
            return
        if self._ended or not line.strip():
            return
        if _FENCE.match(line):
            self._ended = True
        elif (match := _NAMED.fullmatch(line)) is not None:
            self._name(match[1].lower(), match[2].strip())
        elif _SETTING.match(line):
            self.gathered.lost["settings of the picture"] += 1
        elif (match := _TASK.fullmatch(line)) is not None:
            self._task(number, match[1], [part.strip() for part in match[2].split(",")])
        else:
            self.gathered.leave_out(number, "a line that is no task")

    def _name(self, word: str, value: str) -> None:
        if word == "title":
            self.gathered.title = value
        elif word == "section":
            self._section = value
        else:
            self._format = _TOKEN.sub(lambda match: _TOKENS[match[0]], value)

    def _task(self, number: int, title: str, parts: list[str]) -> None:
        states = []
        while parts and parts[0] in _STATES:
            states.append(parts.pop(0))
        id_ = parts.pop(0) if len(parts) > 2 else ""
        span = self._span(parts)
        if span is not None:
            self._last = span
            if id_:
                self._spans[id_] = span
        self.gathered.add(
            number,
            _edtf(span, is_moment="milestone" in states) if span else "",
            title,
            written=", ".join(parts),
            tags=[self._section] if self._section else [],
            **{"mermaid-state": ", ".join(states)},
        )

    def _span(self, parts: list[str]) -> _Span | None:
        """The start and the end of a task; both may depend on other tasks."""
        start = self._moment(parts[0]) if len(parts) > 1 else self._last.end if self._last else None
        if start is None and len(parts) == 1:
            start = self._moment(parts[0])
            return _Span(start, start, is_written=True) if start else None
        if start is None or not parts:
            return None
        last = parts[-1]
        if (end := _after(start, last)) is not None:
            return _Span(start, end, is_written=False)
        written = self._moment(last)
        return _Span(start, written, is_written=True) if written else _Span(start, start, is_written=True)

    def _moment(self, text: str) -> datetime | None:
        """A date in the format of the diagram, or the end or start of other tasks."""
        word, _, names = text.partition(" ")
        if word in ("after", "until"):
            spans = [self._spans[name] for name in names.split() if name in self._spans]
            found = [_behind(span) if word == "after" else span.start for span in spans]
            return (max(found) if word == "after" else min(found)) if found else None
        try:
            if self._format in ("X", "x"):
                seconds = float(text) / (1000 if self._format == "x" else 1)
                return datetime(1970, 1, 1) + timedelta(seconds=seconds)  # noqa: DTZ001  a diagram has no zone
            return datetime.strptime(text, self._format)  # noqa: DTZ007  as above
        except (ValueError, OverflowError):
            pass
        edtf = edtf_of(text)
        try:
            return datetime.fromisoformat(edtf) if edtf else None
        except ValueError:
            return None


def _behind(span: _Span) -> datetime:
    """The first moment after a task."""
    is_day = span.is_written and span.end == span.end.replace(hour=0, minute=0, second=0, microsecond=0)
    return span.end + timedelta(days=1) if is_day and span.end != span.start else span.end


def _after(start: datetime, text: str) -> datetime | None:
    """The end of a duration; None if it is none, or beyond the year 9999."""
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    number, unit = float(match[1]), match[2]
    try:
        if unit in _SECONDS:
            return start + timedelta(seconds=number * _SECONDS[unit])
        day = add_months(start.toordinal(), int(number) * (12 if unit == "y" else 1))
        return start + timedelta(days=day - start.toordinal())
    except OverflowError:
        return None


def _edtf(span: _Span, *, is_moment: bool) -> str:
    start, end, is_written = span
    is_whole = all(at.time() == datetime.min.time() for at in (start, end))
    if not is_whole:
        ends = [f"{at:%Y-%m-%dT%H:%M}" for at in (start, end)]
        return ends[0] if is_moment or start == end else interval_between(*ends) or ends[0]
    first = start.date()
    last = end.date() if is_written else end.date() - timedelta(days=1)
    if is_moment or last <= first:
        return first.isoformat()
    return f"{first}/{last}"
