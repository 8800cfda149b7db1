"""GEDCOM 5.5, 5.5.1 and 7 (https://gedcom.io/specifications/): what happened to persons and families.

Each event and dated attribute is an event here; the persons are its actors. The reader is our own: a line of
GEDCOM is a level, a tag and a value, and what was found for it reads no version 7.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, TypeAlias

from timeline_tui.dates.lenient import edtf_of
from timeline_tui.exchange.event_runs import EventRuns
from timeline_tui.exchange.text_lines import LINE_END, TextLines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from timeline_tui.exchange.gathering import Gathering

    LeaveOut: TypeAlias = Callable[[int, str], None]

_LINE = re.compile(r"\s*([0-9]{1,2}) (?:(@[^@]+@) )?(\w+)(?: (.*))?")
_RECORD = re.compile(rb"[\r\n][ \t]*0 ")
_NAMED = re.compile(rb"(?:\A(?:\xef\xbb\xbf)?|[\r\n])[ \t]*0 (@[^@\r\n]+@) ")
_NEAR = 1_000
"""The records that others have named last, which are kept."""
_LONG = ("NOTE", "CONT", "CONC", "TEXT", "ADDR")
_UNTOLD = "facts without a date"
_EVENTS = {
    "BIRT": "Birth", "CHR": "Christening", "BAPM": "Baptism", "BAPL": "Baptism", "DEAT": "Death",
    "BURI": "Burial", "CREM": "Cremation", "ADOP": "Adoption", "CONF": "Confirmation",
    "FCOM": "First communion", "ORDN": "Ordination", "NATU": "Naturalization", "EMIG": "Emigration",
    "IMMI": "Immigration", "CENS": "Census", "PROB": "Probate", "WILL": "Will", "GRAD": "Graduation",
    "RETI": "Retirement", "BARM": "Bar mitzvah", "BASM": "Bat mitzvah", "BLES": "Blessing",
    "CHRA": "Adult christening", "MARR": "Marriage", "ENGA": "Engagement", "DIV": "Divorce",
    "DIVF": "Divorce filed", "ANUL": "Annulment", "MARB": "Marriage banns", "MARC": "Marriage contract",
    "MARL": "Marriage licence", "MARS": "Marriage settlement", "RESI": "Residence", "OCCU": "Occupation",
    "EDUC": "Education", "TITL": "Title", "PROP": "Property", "EVEN": "Event", "FACT": "Fact",
    "RELI": "Religion", "NATI": "Nationality", "CAST": "Caste", "DSCR": "Description", "IDNO": "Number",
    "SSN": "Number",
}  # fmt: skip


@dataclass
class _Part:
    """A line with the lines below it."""

    line: int
    xref: str
    tag: str
    value: str
    parts: list[_Part] = field(default_factory=list)

    def all(self, *tags: str) -> Iterator[_Part]:
        """The parts with one of some tags."""
        return (part for part in self.parts if part.tag in tags)

    def text(self, tag: str) -> str:
        """The text of the first part with a tag, with its further lines; empty if there is none."""
        return next((part.whole() for part in self.all(tag)), "")

    def whole(self) -> str:
        """The value with its further lines."""
        text = self.value
        for part in self.all("CONT", "CONC"):
            text += ("\n" if part.tag == "CONT" else "") + part.value
        return text


def read(data: bytes | bytearray, name: str) -> EventRuns:
    """The dated events of all persons and families.

    Raises:
        CannotImport: It is not GEDCOM, or nothing in it has a date.
    """
    empty = "no event of a person or family in this GEDCOM file has a date"
    return EventRuns(_File(data), name, "gedcom", _facts, empty)


def _facts(file: _File, gathered: Gathering) -> Iterator[None]:
    reader = _Reader(gathered, file)
    for record in file.records(gathered.leave_out):
        reader.take(record)
        yield


class _File(TextLines):
    """The records of a file: each is a line of level 0 with all below it. No more than one is held."""

    def records(self, leave_out: LeaveOut) -> Iterator[_Part]:
        """The records in their order."""
        return _records(self, leave_out)

    def __init__(self, data: bytes | bytearray) -> None:
        super().__init__(data)
        self._record_at = lru_cache(maxsize=_NEAR)(self._read_at)

    @cached_property
    def _starts(self) -> dict[str, int]:
        """The byte at which each record that has a name of its own begins; only these are kept."""
        text = self._text
        return {
            match[1].decode(text.encoding, "replace"): match.start(1) for match in _NAMED.finditer(text.data)
        }

    def named(self, xref: str) -> _Part | None:
        """The record of a name; None if there is none."""
        start = self._starts.get(xref)
        return None if start is None else self._record_at(start)

    def _read_at(self, start: int) -> _Part | None:
        data = self._text.data
        following = _RECORD.search(data, start)
        text = self._text.decode(start, following.start() if following else len(data))
        lines = LINE_END.split(f"0 {text}")
        return next(_records(lines, lambda _, __: None), None)


def _records(lines: Iterable[str], leave_out: LeaveOut) -> Iterator[_Part]:
    open_: list[_Part] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            if open_ and open_[-1].tag in _LONG:
                # Old programs break long notes without a level.
                open_[-1].value += f"\n{line}"
            else:
                leave_out(number, "a line without a level and a tag")
            continue
        level, part = int(match[1]), _Part(number, match[2] or "", match[3].upper(), match[4] or "")
        if level > len(open_):
            leave_out(number, f"a line of level {level} below one of level {len(open_) - 1}")
            continue
        if not level and open_:
            yield open_[0]
        del open_[level:]
        if open_:
            open_[-1].parts.append(part)
        open_.append(part)
    if open_:
        yield open_[0]


class _Reader:
    """Makes events of records."""

    def __init__(self, gathered: Gathering, file: _File) -> None:
        self._gathered = gathered
        self._file = file

    def take(self, record: _Part) -> None:
        """Read a record: those of persons and families have events."""
        if record.tag == "INDI":
            self._facts(record, {_name(record): ""})
        elif record.tag == "FAM":
            self._facts(record, self._couple(record))
        elif record.tag not in ("HEAD", "TRLR", "SUBM", "SOUR", "REPO", "NOTE", "SNOTE"):
            self._gathered.lost["records that are no persons or families"] += 1

    def _couple(self, family: _Part) -> dict[str, str]:
        found = {}
        for part in family.all("HUSB", "WIFE"):
            record = self._file.named(part.value.strip())
            if record is not None:
                found[_name(record)] = {"HUSB": "husband", "WIFE": "wife"}[part.tag]
        return found

    def _facts(self, record: _Part, actors: dict[str, str]) -> None:
        for part in record.parts:
            if part.tag not in _EVENTS:
                continue
            written = part.text("DATE")
            phrase = next((each.text("PHRASE") for each in part.all("DATE")), "")
            if not written and not phrase:
                self._gathered.lost[_UNTOLD] += 1
                continue
            self._add(part, actors, written or phrase)

    def _add(self, part: _Part, actors: dict[str, str], written: str) -> None:
        what = part.text("TYPE") if part.tag in ("EVEN", "FACT") else ""
        what = what or _EVENTS[part.tag]
        value = part.whole() if part.value not in ("", "Y") else ""
        names = " and ".join(actors)
        title = f"{what} of {names}" if names else what
        edtf = edtf_of(written)
        event = self._gathered.add(
            part.line,
            edtf,
            f"{title}: {value}" if value and "\n" not in value else title,
            "\n\n".join(
                filter(None, (value if "\n" in value else "", *map(self._note, part.all("NOTE", "SNOTE"))))
            ),
            written=written,
            kind=what.lower(),
            actors=actors,
            place=self._place(part),
            sources=[source for each in part.all("SOUR") if (source := self._source(each))],
            age=part.text("AGE"),
            cause=part.text("CAUS"),
        )
        if edtf and edtf != written:
            event["gedcom-date"] = written

    def _place(self, part: _Part) -> str:
        place = next(part.all("PLAC"), None)
        if place is None or not place.value:
            return ""
        map_ = next(place.all("MAP"), None)
        lat, lon = (_degrees(map_.text(tag)) if map_ else "" for tag in ("LATI", "LONG"))
        name = ", ".join(piece.strip() for piece in place.value.split(",") if piece.strip())
        return self._gathered.place(name, lat, lon) if lat and lon else name

    def _source(self, part: _Part) -> dict[str, str]:
        record = self._file.named(part.value.strip())
        title = (record.text("TITL") or record.text("ABBR")) if record else part.whole()
        return {"title": " ".join(title.split())} if title.strip() else {}

    def _note(self, part: _Part) -> str:
        record = self._file.named(part.value.strip())
        return record.whole() if record else part.whole()


def _name(record: _Part) -> str:
    """The name of a person, without the slashes around the family name."""
    name = next(record.all("NAME"), None)
    if name is None:
        return record.xref.strip("@") or "Unknown"
    plain = " ".join(name.value.replace("/", " ").split())
    return plain or " ".join(filter(None, (name.text("GIVN"), name.text("SURN")))) or "Unknown"


def _degrees(text: str) -> str:
    """`N50.83` as `50.83`, `W5.2` as `-5.2`; empty for anything else."""
    match = re.fullmatch(r"([NSEW])?([+-]?[0-9]+(?:\.[0-9]+)?)", text.strip(), re.IGNORECASE)
    if match is None:
        return ""
    return f"-{match[2]}" if (match[1] or "").upper() in ("S", "W") else match[2]
