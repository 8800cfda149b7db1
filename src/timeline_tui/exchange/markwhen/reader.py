"""Markwhen line by line: a header, groups, and events with properties, text, tags, places and links."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import DateError, parse_date
from timeline_tui.dates.lenient import UNDATED
from timeline_tui.exchange.gathering import Gathering
from timeline_tui.exchange.markwhen.dates import further_dates, markwhen_date, repeats, split_event
from timeline_tui.exchange.markwhen.escape import label_of, line_of, title_of
from timeline_tui.text.addresses import is_address
from timeline_tui.text.sanitize import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline_tui.exchange.flat_event import EventBuilder
    from timeline_tui.exchange.text_lines import TextLines

_GROUP = re.compile(r"\s*(?:group|section)\b\s*(.*)", re.IGNORECASE)
_END = re.compile(r"\s*end(?:group|section)\b.*", re.IGNORECASE)
_HEADING = re.compile(r"\s*(#{1,6})\s+(.*)")
_COMMENT = re.compile(r"\s*//")
_PROPERTY = re.compile(r"(?!-)(\s*)([^\s:#][^:]*):(?:\s+(.*))?\Z")
_NAME = re.compile(r"[\w.-]+")
_COLOUR = re.compile(r"\s*#\w+:")
_TAG = re.compile(r"(?:^|(?<=\s))#(?!\d+(?:\s|$))(\w+)")
_LAST_TAGS = re.compile(r"(?:(?:^|(?<=\s))[#!]\w+\s*)+\Z")
_ID = re.compile(r"(?:^|(?<=\s))!(\w+)")
_LINK = re.compile(r"(?<![!\\])\[((?:[^\[\]\\]|\\.)+)\]\(([^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)")
_PLACES = ("location", "map")
NAMES = {"by": "claimed-by"}
"""Property names for fields whose own name would be read as a date, such as `by !review`."""
_FIELDS = {name: field for field, name in NAMES.items()}
_MAY_LINK = re.compile(rb"links[ \t]*:")
_HEADER = frozenset(["sources", "actors", "topics", "events"])


class _Group(NamedTuple):
    level: int
    """Its depth: 1 to 6 for a heading, 0 for a group."""
    title: str
    tags: tuple[str, ...]


class _Block:
    """The lines of an event that have been read so far."""

    def __init__(self, line: int, found: tuple[str, str, str], groups: tuple[_Group, ...]) -> None:
        self.line = line
        self.written, self.date, self.title = found
        self.groups = groups
        self.properties = Properties()
        self.text: list[str] = []
        self.in_properties = True

    def take(self, line: str) -> None:
        """Read a line after the first."""
        self.in_properties = self.in_properties and self.properties.take(line, strict=True)
        if not self.in_properties:
            self.text.append(line)


class Properties:
    """Properties, one name and value per line; a longer value is indented below its name."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}
        self._name = ""
        self._indent = 0

    def take(self, line: str, *, strict: bool) -> bool:
        """Read a line if it is a property, and return whether it was; if `strict`, a name is one word."""
        match = _PROPERTY.match(line)
        indent = len(line) - len(line.lstrip())
        if self._name and indent > self._indent:
            before = self.values[self._name]
            block = isinstance(before, str) and before not in ("", "|", ">", "|-", ">-")
            self.values[self._name] = f"{before}\n{line.strip()}" if block else line.strip()
            return True
        if match is None or (strict and _NAME.fullmatch(match[2]) is None):
            return False
        self._name, self._indent = match[2].strip(), indent
        self.values[self._name] = _value((match[3] or "").strip())
        return True


def entries(lines: TextLines, gathered: Gathering) -> Iterator[None]:
    """Add the events of a file, each when the next one begins."""
    there: frozenset[object] | None = None
    if lines.mentions(_MAY_LINK):
        # An event may name one that follows: the ids of all have to be known first.
        aside = Gathering(gathered.prefix)
        ids = []
        for _ in Reader(aside).read(lines):
            ids += [event.get("id") for event in aside.take()[0]]
        there = frozenset((*ids, *(event.get("id") for event in aside.events)))
    yield from Reader(gathered, there).read(lines)


class Reader:
    """Reads a file line by line.

    Args:
        gathered: Where the events are added.
        there: The ids of all events of the file, if they are needed for links.
    """

    def __init__(self, gathered: Gathering, there: frozenset[object] | None = None) -> None:
        self.builder = gathered.builder
        self.moved = 0
        """How many events have a date that no longer agrees with their `edtf`."""
        self._gathered = gathered
        self._there = there
        self._header = Properties()
        self._lost = gathered.lost
        self._block: _Block | None = None
        self._groups: list[_Group] = []
        self._in_header = True
        self._fenced = False

    def read(self, lines: Iterable[str]) -> Iterator[None]:
        """Read all lines of a file, and yield after each event."""
        for number, line in enumerate(lines, start=1):
            before = self._gathered.count
            self.take(number, line)
            if self._gathered.count > before:
                yield
        self._close()
        self._finish()

    def take(self, number: int, line: str) -> None:
        """Read the next line, the `number`th."""
        if _COMMENT.match(line) is not None:
            self._lost["comments"] += 1
        elif self._in_header and self._take_header(line):
            return
        elif _END.fullmatch(line) is not None:
            self._close()
            del self._groups[-1:]
        elif (group := _HEADING.match(line) or _GROUP.match(line)) is not None:
            self._close()
            self._open(group)
        elif (found := split_event(line, day_first=self._day_first)) is not None:
            self._close()
            self._block = _Block(number, found, tuple(self._groups))
        elif self._block is not None:
            self._block.take(line)
        elif line.strip():
            self._lost["lines outside of events"] += 1

    def _finish(self) -> None:
        """Take over what the header says, and tell what was guessed."""
        header = {f"markwhen-{key}" if key in _HEADER else key: v for key, v in self._header.values.items()}
        title = header.pop("title", "")
        self._gathered.title = title if isinstance(title, str) else ""
        self._gathered.header |= header
        if self._gathered.undated:
            self._gathered.guesses.append(
                "dates that depend on other events stay open and are kept in `markwhen-date`:"
                f" {self._gathered.undated}"
            )
        if self.moved:
            self._gathered.guesses.append(
                f"dates that differ from the `edtf` below them count, not the `edtf`: {self.moved}"
            )

    @property
    def _day_first(self) -> bool:
        return str(self._header.values.get("dateFormat", "")).lower() == "d/m/y"

    def _take_header(self, line: str) -> bool:
        """Read a line of the header; False for the first line after it."""
        if line.startswith("---"):
            self._in_header, self._fenced = not self._fenced, True
            return True
        if not self._fenced and (
            _HEADING.match(line) or _GROUP.match(line) or split_event(line, day_first=False)
        ):
            self._in_header = False
            return False
        if _COLOUR.match(line) is not None:
            self._lost["colours of tags"] += 1
        elif line.strip() and not self._header.take(line, strict=False):
            self._lost["lines outside of events"] += 1
        return True

    def _open(self, match: re.Match[str]) -> None:
        """Begin a group; a heading ends those of its depth and deeper, any other group ends all before it."""
        level = len(match[1]) if match.re is _HEADING else 0
        rest = match[match.re.groups]
        while self._groups and (not level or self._groups[-1].level >= level):
            self._groups.pop()
        title = _TAG.sub("", rest).strip().rstrip(":").strip(" \"'")
        self._groups.append(_Group(level, title, tuple(_TAG.findall(rest))))

    def _close(self) -> None:
        if self._block is not None:
            event = _event(self._block, self)
            if self._there is not None:
                self.builder.set_aside_dead_links([event], self._there)
            self._gathered.put(self._block.line, event)
            self._repeat(event, self._block)
            self._block = None

    def _repeat(self, event: dict[str, object], block: _Block) -> None:
        """Add the further occurrences of an event, or count that they are not known."""
        if not repeats(block.written):
            return
        dates = further_dates(block.written, str(event["date"]))
        if dates is None:
            self._lost["recurrences without an end, of which only the first is read"] += 1
            return
        for date in dates:
            again = {name: value for name, value in event.items() if name != "links"}
            id_ = self.builder.ids.id_for(str(event["title"]))
            self._gathered.put(block.line, {**again, "id": id_, "date": date})


class _Found:
    """The tags, links and places found in the title and text of an event."""

    def __init__(self, builder: EventBuilder) -> None:
        self.builder = builder
        self.tags: dict[str, None] = {}
        self.places: dict[str, None] = {}
        self.sources: dict[str, None] = {}

    def in_line(self, line: str) -> str:
        """A line without its places, and without links and tags alone on it; all of these are recorded."""
        self.tags |= dict.fromkeys(_TAG.findall(line))
        if _TAG.sub("", line).strip() == "":
            line = ""
        rest = _LINK.sub("", line).strip() if "](" in line else line
        line = _LINK.sub(lambda match: self.link(match, alone=not rest), line)
        return line if rest else line.strip()

    def link(self, match: re.Match[str], *, alone: bool) -> str:
        """The text that replaces a link in its line, after it was recorded."""
        label, target = label_of(match[1]), match[2]
        if target in _PLACES:
            self.places[label] = None
            return "" if alone else label
        if not is_address(target):
            return match[0]
        self.sources[self.builder.source(label, target)] = None
        return "" if alone else match[0]


def _event(block: _Block, reader: Reader) -> dict[str, object]:
    """The event that was read, as plain data."""
    found, builder = _Found(reader.builder), reader.builder
    id_ = _ID.search(block.title)
    found.tags |= dict.fromkeys(_TAG.findall(block.title))
    title = _LINK.sub(lambda match: found.link(match, alone=False), _LAST_TAGS.sub("", block.title))
    title = title_of(_LINK.sub(r"\1", title)).strip()
    text = _text(block.text, found)
    if not title:
        title, _, text = text.partition("\n")
    given = block.properties.values
    fields = builder.fields({_FIELDS.get(name, name): value for name, value in given.items()})
    date = _date(block, fields, reader)
    group, group_tags = _groups(block.groups)
    event: dict[str, object] = {
        "id": builder.ids.id_for(title, str(fields.pop("id", id_[1].lower() if id_ else ""))),
        "date": date,
        "title": title.strip() or "Untitled",
        "text": text.strip("\n"),
        "place": "; ".join([*found.places, *filter(None, [str(fields.pop("place", ""))])]),
        "tags": _all(fields.pop("tags", []), [*found.tags, *group_tags]),
        "sources": _all(fields.pop("sources", []), [*found.sources]),
        "group": group,
        "markwhen-date": block.written if date == UNDATED else "",
    }
    return {name: value for name, value in (event | fields).items() if value}


def _all(own: object, found: list[str]) -> list[str]:
    """The items of two lists, each once."""
    return list(dict.fromkeys([*(own if isinstance(own, list) else []), *found]))


def _date(block: _Block, fields: dict[str, object], reader: Reader) -> str:
    """The date: that of the property `edtf` if the line still agrees with it, otherwise that of the line."""
    exact = fields.get("edtf")
    if not isinstance(exact, str):
        return block.date
    try:
        same = markwhen_date(parse_date(exact)) == block.written
    except DateError:
        return block.date
    del fields["edtf"]
    reader.moved += not same
    return exact if same else block.date


def _groups(groups: tuple[_Group, ...]) -> tuple[str, list[str]]:
    """The group titles that are kept beside the tags, and the tags; a group without a tag gives its title."""
    tags = [tag for group in groups for tag in group.tags or (group.title,) if tag]
    tag_words = {"".join(words(tag)) for tag in tags}
    return " / ".join(group.title for group in groups if "".join(words(group.title)) not in tag_words), tags


def _text(lines: list[str], found: _Found) -> str:
    """Lines as text, without the backslashes that escape syntax."""
    kept: list[str] = []
    taken = False
    for line in lines:
        rest = found.in_line(line)
        # A line of links only leaves one empty line.
        blank = not rest.strip() and (taken and kept[-1:] == [""])
        taken = (taken and not rest.strip()) or (bool(line.strip()) and not rest)
        if rest.strip() or not (blank or line.strip()):
            kept.append(line_of(rest) if rest.strip() else "")
    return "\n".join(kept).strip("\n")


def _value(text: str) -> object:
    """A value in YAML on one line, if it is also JSON; any other is text."""
    if text[:1] in ("[", "{", '"'):
        try:
            found: object = json.loads(text)
        except (ValueError, RecursionError):
            items = text[1:-1] if text[0] == "[" and text.endswith("]") else ""
            return [item.strip().strip("\"'") for item in items.split(",")] if items else text
        return found
    return text[1:-1].replace("''", "'") if len(text) > 1 and text[0] == text[-1] == "'" else text
