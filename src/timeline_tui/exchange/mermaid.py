"""Mermaid's timeline diagram: sections of lines `period : event : event`, and `: event` for more events.

It has a title, and for each event its date in words and its title. A comment, which Mermaid skips, keeps the
date in EDTF if its words would be read back as another date.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from timeline_tui.dates.date import DateError, parse_date
from timeline_tui.dates.lenient import UNDATED, edtf_of
from timeline_tui.dates.wording import in_words
from timeline_tui.exchange import gantt
from timeline_tui.exchange.contract import CannotImport, Exported, events_of
from timeline_tui.exchange.event_runs import EventRuns
from timeline_tui.exchange.losses import count_lost
from timeline_tui.exchange.text_lines import TextLines
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.exchange.gathering import Gathering
    from timeline_tui.model.records import Event
    from timeline_tui.timeline.view import View

_DRAWN = 50_000
"""The longest text that Mermaid draws by default, in UTF-16 code units."""
_BEGIN = re.compile(r"\s*timeline(?:\s+(?:LR|TD|TB|RL|BT))?\s*;?\s*", re.IGNORECASE)
_TITLE = re.compile(r"\s*title(?:\s+|:\s*)(.*)", re.IGNORECASE)
_SECTION = re.compile(r"\s*section\s+(.*)", re.IGNORECASE)
_ACCESSIBLE = re.compile(r"\s*acc(?:Title|Descr)\s*[:{]\s*(.*)", re.IGNORECASE)
_DESCRIBED = re.compile(r"\s*accDescr\s*\{([^}]*)\Z", re.IGNORECASE)
"""The first of several lines of a description in braces."""
_COMMENT = re.compile(r"(?:^|(?<=[^}]))%%(?!\{)\s*(.*)")
_DIRECTIVE = re.compile(r"\s*%%\{")
_DATE = re.compile(r"edtf (\S+)")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_COLON = re.compile(r":(?:\s+|\Z)")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_ENTITY = re.compile(r"#([0-9]{1,7}|[a-z]{2,8});", re.IGNORECASE)
_SYNTAX = re.compile(r"[#;:<>&]|%(?=%)|\\(?=n)")
_COUNTED = re.compile(r"\bT(?:[+\u2212-][0-9]|\b)")
_NAMED = {
    "#": "#35;",
    ";": "#59;",
    ":": "#58;",
    "<": "#lt;",
    ">": "#gt;",
    "&": "#amp;",
    "%": "#37;",
    "\\": "#92;",
}


def read(data: bytes | bytearray, name: str) -> EventRuns:
    """The timeline in a Mermaid file, or in the first timeline diagram of a Markdown file.

    Sections become tags. A period that is not a date is kept with its events as `mermaid-period`.

    Raises:
        CannotImport: It is not text, or has no timeline diagram.
    """
    lines = TextLines(data, may_be_windows=False)
    if not any(map(_BEGIN.fullmatch, lines)) and gantt.begins(lines):
        return gantt.runs(lines, name)
    empty = "the timeline has no events: write one per line, as `2004 : Facebook`"
    return EventRuns(lines, name, "mermaid", _entries, empty)


def _entries(lines: TextLines, gathered: Gathering) -> Iterator[None]:
    reader = _Reader(gathered)
    for number, line in enumerate(lines, start=1):
        if reader.is_done:
            break
        before = gathered.count
        reader.take(number, line)
        if gathered.count > before:
            yield
    reader.finish()


def write(view: View) -> Exported:
    """A view as a Mermaid timeline, in its order."""
    lost = Counter[str]()
    lines = ["timeline", f"    title {_encoded(view.title)}"]
    events = list(events_of(view))
    sections = _sections(events)
    kept = {"tags"} if sections else set[str]()
    for section, parts in groupby(
        zip(events, sections or [""] * len(events), strict=True), lambda pair: pair[1]
    ):
        if section:
            lines.append(f"    section {_encoded(section)}")
        for date, same in groupby((event for event, _ in parts), lambda event: event.date):
            period = one_line(view.date_in_words(date))
            if edtf_of(period) != date.text:
                lines.append(f"    %% edtf {date.text}")
            head = _encoded(period)
            for event in same:
                count_lost(lost, event, kept)
                lines.append(f"    {head} : {_encoded(one_line(event.title))}")
                head = " " * len(head)
    text = "\n".join(lines) + "\n"
    size = len(text.encode("utf-16-le")) // 2
    notes = [f"Mermaid draws it only if `maxTextSize` is at least {size}"] if size > _DRAWN else []
    return Exported(text, lost, notes=notes)


class _Reader:
    """Reads a diagram line by line."""

    def __init__(self, gathered: Gathering) -> None:
        self.is_done = False
        """Whether the diagram has ended."""
        self._gathered = gathered
        self._title = ""
        self._begun = self._fenced = False
        self._lost = gathered.lost
        self._without_date = 0
        self._described: list[str] | None = None
        """The lines of a description whose brace is still open."""
        self._section = ""
        self._exact = ""
        """The date in the comment above, in EDTF."""
        self._period = self._edtf = ""
        self._waiting = 0
        """The line of a period that has no event yet; 0 for none."""

    def take(self, number: int, line: str) -> None:
        """Read the next line."""
        if not self._begun:
            self._before(line)
            return
        if self._fenced and _FENCE.match(line) is not None:
            self.is_done = True
            return
        if self._is_in_description(line):
            return
        line = self._without_comment(line)
        if line.strip() and not self._is_header(line):
            self._events_of(number, line)

    def finish(self) -> None:
        """Take over what the diagram says about itself, and tell what was guessed.

        Raises:
            CannotImport: There was no diagram.
        """
        self._flush()
        if not self._begun:
            raise CannotImport("this has no Mermaid timeline: one begins with the line `timeline`")
        self._gathered.title = self._title
        if self._without_date:
            self._gathered.guesses.append(
                f"periods of events that are not dates are kept as `mermaid-period`: {self._without_date}"
            )

    def _before(self, line: str) -> None:
        """Look for the start of the diagram; the front matter above it may have a title."""
        if _BEGIN.fullmatch(line) is not None:
            self._begun = True
        elif _FENCE.match(line) is not None:
            self._fenced, self._title = not self._fenced, ""
        elif (match := _TITLE.fullmatch(line)) is not None:
            self._title = match[1].strip().strip("\"'")

    def _without_comment(self, line: str) -> str:
        if _DIRECTIVE.match(line) is not None:
            self._lost["settings of the picture"] += 1
            return ""
        match = _COMMENT.search(line)
        if match is None:
            if line.lstrip().startswith("#"):
                self._lost["comments"] += 1
                return ""
            return line
        if (date := _DATE.fullmatch(match[1].strip())) is not None:
            self._exact = date[1]
        else:
            self._lost["comments"] += 1
        return line[: match.start()]

    def _is_in_description(self, line: str) -> bool:
        """Read a line of a description in braces over several lines."""
        if self._described is None:
            match = _DESCRIBED.match(line)
            if match is not None:
                self._described = [match[1].strip()]
            return match is not None
        inside, closed, _ = line.partition("}")
        self._described.append(inside.strip())
        if closed:
            self._gathered.header["description"] = _decoded("\n".join(filter(None, self._described)))
            self._described = None
        return True

    def _is_header(self, line: str) -> bool:
        """Read the title, a section, or an accessible title or description."""
        if (match := _TITLE.fullmatch(line)) is not None:
            self._title = " ".join(_decoded(match[1]).split())
        elif (match := _SECTION.fullmatch(line)) is not None:
            self._flush()
            self._section = " ".join(_decoded(match[1]).split())
        elif (match := _ACCESSIBLE.fullmatch(line)) is not None:
            self._gathered.header["description"] = _decoded(match[1].rstrip("} "))
        else:
            return False
        return True

    def _events_of(self, number: int, line: str) -> None:
        """Read a period with its events, or more events of the last period."""
        first, *events = _COLON.split(line)
        if period := _decoded(first).strip():
            self._flush()
            self._begin(period)
            self._waiting = number
        for event in events:
            if title := _decoded(event).strip():
                self._waiting = 0
                self._add(number, title)

    def _begin(self, period: str) -> None:
        exact, self._exact = self._exact, ""
        self._period = period
        self._edtf = edtf_of(period)
        try:
            exact_words = one_line(in_words(parse_date(exact))) if exact else ""
        except DateError:
            return
        if exact_words and (exact_words == period or _COUNTED.search(period) is not None):
            self._edtf = exact

    def _flush(self) -> None:
        """Make an event of a period without events."""
        if self._waiting:
            self._add(self._waiting, self._period)
            self._waiting = 0

    def _add(self, number: int, text: str) -> None:
        title, _, rest = text.partition("\n")
        event: dict[str, object] = {
            "id": self._gathered.builder.ids.id_for(title),
            "date": self._edtf or UNDATED,
            "title": title,
            "text": rest.strip(),
            "tags": [self._section] if self._section else [],
            "mermaid-period": "" if self._edtf else self._period,
        }
        self._without_date += not self._edtf
        self._gathered.put(number, {name: value for name, value in event.items() if value})


def _sections(events: Sequence[Event]) -> list[str]:
    """The tag of each event, if none has several and events of a tag are together; otherwise nothing."""
    tags = ["".join(event.tags[:1]) for event in events]
    runs = [tag for tag, _ in groupby(tags)]
    # Only tags with single spaces, as Mermaid's own reader keeps no others.
    fit = all(len(event.tags) <= 1 and one_line(tag) == tag for event, tag in zip(events, tags, strict=True))
    # Everything after a section line is in the section: events without a tag can only come first.
    return tags if fit and any(tags) and len(set(runs)) == len(runs) and "" not in runs[1:] else []


def _encoded(text: str) -> str:
    """Text in which no character is syntax: Mermaid reads `#58;` as a colon."""
    return _SYNTAX.sub(lambda match: _NAMED[match[0]], text)


def _decoded(text: str) -> str:
    text = _BREAK.sub("\n", text)
    return _ENTITY.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    code = match[1]
    return html.unescape(f"&#{code};" if code.isdigit() else f"&{code};")
