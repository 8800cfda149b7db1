"""The dates of entries, read with what the dates of all entries show."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import Precision, parse_date
from timeline_tui.dates.lenient import (
    UNDATED,
    Evidence,
    at_time,
    edtf_of,
    interval_between,
    is_kept_in_full,
    is_month,
    is_open_end,
    share_order,
    take_time,
    with_precision,
)
from timeline_tui.dates.phrases import may_be_of_wikidata, of_wikidata
from timeline_tui.mapping.columns import NOTHING_KNOWN
from timeline_tui.mapping.key_names import (
    DAYS,
    MONTHS,
    date_rank,
    is_end,
    is_precision,
    is_shown_date,
    is_year,
    makes_event,
    plain_name,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Mapping as AnyMapping

    from timeline_tui.dates.lenient import ColumnReader
    from timeline_tui.mapping.columns import Mapping
    from timeline_tui.mapping.walk import Entry

_YEAR = re.compile(r"-?[0-9]{1,4}")
_TRUE = frozenset({"true", "yes", "1", "x", "on"})
_MOST_NAMED = 3
_LENGTH_OF_DAY = 10
_PLAIN_DAY = re.compile(r"-?[0-9]{4,}-[0-9]{2}-[0-9]{2}")
_MIDNIGHT = re.compile(r"(?:00|24):00(?::00(?:\.0+)?)?(?:Z|[+-][0-9:]+)?")
_AMONG_OTHERS = 4
"""The rank of keys such as `Exact Date`: whole dates, not a part of one."""
_LAST_OF_WIKIDATA = 14
_LAST_OF_CONFLICTS = 7
_BY_CONTENT = 99
"""The rank of a key of which only the values show that it has dates."""


class When(NamedTuple):
    """The date of an entry."""

    edtf: str
    """In EDTF; `UNDATED` if there is no readable date."""
    covered: frozenset[str]
    """The keys whose whole content is in the date."""
    tried: frozenset[str]
    """The keys that are dates, read or not: none of them can be the title."""
    known: str = ""
    """When it became known, in EDTF; empty if no key says so."""


class DateKeys(NamedTuple):
    """The keys of a list of entries that have dates, and how each of them is read."""

    starts: tuple[str, ...]
    """The keys with the dates of events, the most likely first."""
    ends: tuple[str, ...]
    shown: tuple[str, ...]
    """The keys with dates written for readers."""
    readers: AnyMapping[str, ColumnReader]
    """By key; the empty key is for what entries are listed under."""
    times: tuple[str, ...] = ()
    """The keys with the times of day that belong to those dates."""
    known: tuple[str, ...] = ()
    """The keys with the dates on which events became known."""


class DateEvidence:
    """What all entries of a list show about their dates, gathered entry by entry."""

    def __init__(self, mapping: Mapping = NOTHING_KNOWN) -> None:
        self._mapping = mapping
        self._of_content = frozenset(mapping.of("date"))
        self._known = mapping.of("known")
        self._times = dict.fromkeys(mapping.of("time"), "time" in mapping.chosen)
        """The keys with times of day, and whether any of them has a time other than midnight."""
        known = (column.name for column in mapping.columns)
        self._found = {name: Evidence(years=is_year(name)) for name in known if self._may_be_date(name)}
        self._is_none: set[str] = set()
        self._listed = Evidence()

    def add(self, entry: Entry) -> None:
        """Take the next entry."""
        for key, value in entry.fields.items():
            if key in self._is_none:
                continue
            if key in self._times:
                self._take_time(key, value)
                continue
            evidence = self._found.get(key)
            if evidence is None:
                if not self._may_be_date(key):
                    self._is_none.add(key)
                    continue
                evidence = self._found[key] = Evidence(years=is_year(key))
            evidence.add(value if isinstance(value, str) else "")
        self._listed.add(entry.place.when)

    def _take_time(self, key: str, value: object) -> None:
        if not self._times[key] and isinstance(value, str) and (time := take_time(value.strip()).time):
            self._times[key] = _MIDNIGHT.fullmatch(time) is None

    def _may_be_date(self, key: str) -> bool:
        return key in self._known or any(
            key in keys for keys in (self._starts((key,)), self._ends((key,)), self._shown((key,)))
        )

    def _starts(self, keys: Iterable[str]) -> tuple[str, ...]:
        if "date" in self._mapping.chosen:
            there = set(keys)
            return tuple(key for key in self._mapping.of("date") if key in there)
        ranked = [
            (rank if makes_event(rank) and rank is not None else _BY_CONTENT, key)
            for key in self._free(keys)
            if makes_event(rank := date_rank(key)) or key in self._of_content
        ]
        return tuple(key for _, key in sorted(ranked, key=lambda each: each[0]))

    def _ends(self, keys: Iterable[str]) -> tuple[str, ...]:
        if "end" in self._mapping.chosen:
            return tuple(key for key in keys if key in self._mapping.of("end"))
        return tuple(filter(is_end, self._free(keys)))

    def _shown(self, keys: Iterable[str]) -> tuple[str, ...]:
        """None if a person has said which column has the date."""
        return () if "date" in self._mapping.chosen else tuple(filter(is_shown_date, self._free(keys)))

    def _free(self, keys: Iterable[str]) -> list[str]:
        taken = {*self._mapping.given, *self._known, *self._times}
        return [key for key in keys if key not in taken]

    @property
    def names(self) -> tuple[str, ...]:
        """The keys that may have dates or times of day, as far as they are known."""
        return (*self._found, *self._times)

    def add_texts(self, name: str, texts: Iterable[str]) -> None:
        """Take the texts of some entries in one of `names`."""
        if name in self._times:
            for text in texts:
                self._take_time(name, text)
            return
        add = self._found[name].add
        for text in texts:
            add(text)

    def keys(self, count: int | None = None) -> DateKeys:
        """The keys with dates, and how they are read as all entries show.

        Args:
            count: The number of entries, if they were not taken one by one.
        """
        for evidence in self._found.values():
            evidence.texts = self._listed.texts if count is None else count
        share_order([*self._found.values(), self._listed])
        readers = {key: evidence.reader() for key, evidence in self._found.items()}
        found = tuple(self._found)
        return DateKeys(
            self._starts(found),
            self._ends(found),
            self._shown(found),
            {**readers, "": self._listed.reader()},
            tuple(key for key, tells in self._times.items() if tells),
            tuple(key for key in self._known if key in found),
        )


class _Shape(NamedTuple):
    """What matters for the dates of entries with exactly these keys."""

    only: str
    """The only key that may have a date; empty if there is none or several."""
    covered: frozenset[str]
    """That key."""
    is_cut: bool
    """Whether a key says how precise the date is, at what time of day it was or when it became known."""


class Dates:
    """Reads the dates of entries.

    Args:
        keys: Which keys have them, and how they are read.
    """

    def __init__(self, keys: DateKeys) -> None:
        self._keys, self._ends, self._shown, self._readers, self._times, self._known = keys
        self._shapes: dict[tuple[str, ...], _Shape] = {}
        self._used: Counter[str] = Counter()
        self._leading = 0
        self._used_as_shown: Counter[str] = Counter()
        self._used_times: Counter[str] = Counter()
        self._used_known: Counter[str] = Counter()

    def _read(self, entry: Entry, key: str) -> str:
        if not key:
            return self._readers[""].read(entry.place.when)
        value = entry.fields.get(key)
        return self._readers[key].read(value) if value and isinstance(value, str) else ""

    def when(self, entry: Entry) -> When:
        """The date of an entry."""
        shape = self._shape(entry)
        value = entry.fields[shape.only] if shape.only else ""
        if value and isinstance(value, str) and self.is_whole_day(shape.only, value):
            self._note(entry, shape.only)
            return When(value, shape.covered, shape.covered)
        edtf, covered = self._start(entry)
        if edtf:
            edtf, also = self._end(entry, *self._as_shown(entry, edtf, covered))
            covered = also
            if shape.is_cut:
                edtf = _cut(entry, edtf)
                edtf, covered = self._timed(entry, edtf, covered)
        known, told = self._when_known(entry)
        keys = {key for key in (*self._shown, *self._ends, *self._keys, *told) if self._read(entry, key)}
        return When(edtf or UNDATED, frozenset(covered | told), frozenset(keys | covered), known)

    def _timed(self, entry: Entry, edtf: str, covered: set[str]) -> tuple[str, set[str]]:
        """A day, with the time of day that another key has."""
        for key in self._times:
            rest, time = take_time(_text(entry, key).strip())
            if time and not rest and _PLAIN_DAY.fullmatch(edtf):
                self._used_times[key] += 1
                return at_time(edtf, time), covered | {key}
        return edtf, covered

    def _when_known(self, entry: Entry) -> tuple[str, set[str]]:
        """When it became known, and the key that says only that; both empty if none does."""
        for key in self._known:
            if edtf := self._read(entry, key):
                self._used_known[key] += 1
                return edtf, _covered(entry, key)
        return "", set()

    def only(self, entry: Entry) -> str:
        """The only key of an entry that may have its date; empty if there is none or several."""
        return self._shape(entry).only

    def is_whole_day(self, key: str, text: str) -> bool:
        """Whether nothing else bears on a date: it is written as it is read, to the day at least."""
        return len(text) >= _LENGTH_OF_DAY and self._readers[key].read(text) == text

    def count(self, key: str, count: int) -> None:
        """Note the number of entries that have their dates from a key."""
        if count:
            self._used[key] += count

    def _shape(self, entry: Entry) -> _Shape:
        names = tuple(entry.fields)
        shape = self._shapes.get(names)
        if shape is None:
            dates = [name for name in (*self._keys, *self._ends, *self._shown) if name in entry.fields]
            is_cut = any(is_precision(name) or name in (*self._times, *self._known) for name in names)
            only = dates[0] if len(dates) == 1 and dates[0] in self._keys and not is_cut else ""
            shape = self._shapes[names] = _Shape(only, frozenset((only,)), is_cut)
        return shape

    def _start(self, entry: Entry) -> tuple[str, set[str]]:
        for key in self._keys:
            if edtf := self._read(entry, key):
                edtf, covered = self._with_months(entry, key, edtf)
                finer, other = self._finer(entry, key, edtf)
                self._note(entry, other or key)
                return (finer, covered | _covered(entry, other)) if other else (edtf, covered)
            if edtf := self._with_year(entry, key):
                self._note(entry, key)
                return edtf, {key}
        for key in self._shown:
            if edtf := self._read(entry, key):
                self._used[key] += 1
                return edtf, _covered(entry, key)
        inherited = entry.parent is None or entry.place.giver != entry.parent.slot[0]
        if inherited and self._read(entry, ""):
            self._used[""] += 1
            return self._read(entry, ""), set()
        return "", set()

    def _finer(self, entry: Entry, key: str, edtf: str) -> tuple[str, str]:
        """A finer date within a month, a year or more, and its key; both empty if there is none."""
        if len(edtf) >= _LENGTH_OF_DAY or "/" in edtf or len(self._keys) < 2:
            return "", ""
        whole = parse_date(edtf)
        for other in self._keys:
            text = self._read(entry, other) if other != key else ""
            if not text or len(text) <= len(edtf):
                continue
            date = parse_date(text)
            inside = whole.earliest <= date.earliest and date.latest <= whole.latest
            if inside and date.precision > whole.precision and date_rank(other) == _AMONG_OTHERS:
                return text, other
        return "", ""

    def _note(self, entry: Entry, key: str) -> None:
        if entry.slot[1] is None:
            self._used[key] += 1
        else:
            # The key of a plain text is not from the file.
            self._leading += 1

    def _with_months(self, entry: Entry, key: str, edtf: str) -> tuple[str, set[str]]:
        """A date, with the month and day from separate keys if it is only a year."""
        if not _YEAR.fullmatch(edtf):
            return edtf, _covered(entry, key)
        month_key = next((name for name in entry.fields if plain_name(name) in MONTHS), "")
        day_key = next((name for name in entry.fields if plain_name(name) in DAYS), "")
        if month_key:
            month, day = _text(entry, month_key).strip(), _text(entry, day_key).strip()
            if month.isdigit():
                whole = "-".join([edtf, month.zfill(2), *([day.zfill(2)] if day.isdigit() else [])])
            else:
                whole = f"{day} {month} {edtf}".strip()
            if fuller := edtf_of(whole):
                return fuller, {key, month_key, *([day_key] if day else [])}
        return edtf, _covered(entry, key)

    def _with_year(self, entry: Entry, key: str) -> str:
        """`8 May` with the year of another key, or of the group of entries."""
        text = _text(entry, key)
        if not text or len(text) > 40 or not (re.search(r"[0-9]", text) or is_month(text)):
            return ""
        years = [_text(entry, other) for other in self._keys if plain_name(other) == "year"]
        years += re.findall(r"\b[0-9]{3,4}\b", entry.place.when)
        return next(
            (edtf for year in years if _YEAR.fullmatch(year) and (edtf := edtf_of(f"{text} {year}"))), ""
        )

    def _as_shown(self, entry: Entry, edtf: str, covered: set[str]) -> tuple[str, set[str]]:
        """The date written for readers, if it agrees with the date written for programs."""
        date = parse_date(edtf)
        for key in self._shown:
            text = self._read(entry, key)
            if not text or key in covered or date.precision is Precision.TIME:
                continue
            shown = parse_date(text)
            first, last = sorted(((date.earliest, date.latest), (shown.earliest, shown.latest)))
            is_inside = first[1] >= last[1] or first[0] == last[0]
            if is_inside and text != edtf:
                self._used_as_shown[key] += 1
                return text, _covered(entry, key)
        return edtf, covered

    def _end(self, entry: Entry, edtf: str, covered: set[str]) -> tuple[str, set[str]]:
        if "/" in edtf or edtf[0] in "[{":
            return edtf, covered
        for key in self._ends:
            end = self._read(entry, key) or (".." if is_open_end(_text(entry, key)) else "")
            if end and (interval := interval_between(edtf, end)):
                self._used[key] += 1
                return interval, covered | _covered(entry, key)
        return edtf, covered

    def guesses(self) -> list[str]:
        """Sentences on what was guessed, as in `Imported`."""
        guesses = []
        named = [(key, count) for key, count in self._used.most_common() if key and not is_end(key)]
        ends = [f"`{key}`" for key in self._ends if self._used[key]]
        if named:
            first, *others = [f"`{key}`" for key, _ in named]
            or_else = f", or else from {_listed(others)}" if others else ""
            guesses.append(f"dates are taken from {first}{or_else}")
        if self._leading:
            guesses.append("dates are taken from the start of texts")
        if self._used[""]:
            guesses.append(f"{self._used['']:,} events have the date that they are listed under")
        if shown := [f"`{key}`" for key in self._used_as_shown]:
            guesses.append(f"dates are as precise as {_listed(shown)} has them")
        if ends:
            guesses.append(f"ends are taken from {_listed(ends)}")
        if times := [f"`{key}`" for key in self._used_times]:
            guesses.append(f"times of day are taken from {_listed(times)}")
        if known := [f"`{key}`" for key in self._used_known]:
            guesses.append(f"days on which events became known are taken from {_listed(known)}")
        guessed = (
            reader.guess
            for key, reader in self._readers.items()
            if reader.guess and (self._used[key] or self._used_as_shown[key] or self._used_known[key])
        )
        return [*guesses, *dict.fromkeys(guessed)]


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMED])
    return f"{shown} and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else shown


def _text(entry: Entry, key: str) -> str:
    value = entry.fields.get(key, "")
    return value if isinstance(value, str) else ""


def _covered(entry: Entry, key: str) -> set[str]:
    """The key, if a date in EDTF expresses all that is written there."""
    text = _text(entry, key)
    return {key} if is_kept_in_full(text) or is_open_end(text) else set()


def _cut(entry: Entry, edtf: str) -> str:
    """The date, no more precise than a key beside it says."""
    for key, value in entry.fields.items():
        if not is_precision(key) or not isinstance(value, str):
            continue
        if value.strip().isdigit() and len(value.strip()) <= 2:
            edtf = _as_coded(entry, key, int(value), edtf)
            continue
        # `approximate: true`
        word = plain_name(key) if value.lower() in _TRUE else value
        edtf = with_precision(edtf, word)
    return edtf


def _as_coded(entry: Entry, key: str, code: int, edtf: str) -> str:
    """A date as precise as a number says: one of Wikidata, or of a list of conflicts.

    ACLED has 1 for a day, 2 for a week, 3 for a month; UCDP has 1 for a day, 2 and 3 for some days or a week,
    4 for a month, 5 and more for a year.
    """
    for value in entry.fields.values():
        if isinstance(value, str) and may_be_of_wikidata(value) and code <= _LAST_OF_WIKIDATA:
            return of_wikidata(value, code) or edtf
    if code <= 1 or code > _LAST_OF_CONFLICTS:
        return edtf
    is_ucdp = "prec" in words_of(key)
    unit = {2: "approximate", 3: "approximate" if is_ucdp else "month", 4: "month"}.get(code, "year")
    found = with_precision(edtf, unit)
    start, _, end = found.partition("/")
    return start if start == end else found
