"""The dates of entries, read with what the dates of all entries show."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import Precision, parse_date
from timeline_tui.dates.lenient import (
    UNDATED,
    edtf_of,
    edtf_of_column,
    interval_between,
    is_kept_in_full,
    is_month,
    is_open_end,
    with_precision,
)
from timeline_tui.mapping.key_names import (
    date_rank,
    is_end,
    is_precision,
    is_shown_date,
    makes_event,
    plain_name,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline_tui.mapping.walk import Entry

_YEAR = re.compile(r"-?[0-9]{1,4}")
_TRUE = frozenset({"true", "yes", "1", "x", "on"})
_MOST_NAMED = 3


class When(NamedTuple):
    """The date of an entry."""

    edtf: str
    """In EDTF; `UNDATED` if there is no readable date."""
    covered: frozenset[str]
    """The keys whose whole content is in the date."""
    tried: frozenset[str]
    """The keys that are dates, read or not: none of them can be the title."""


class Dates:
    """Reads the dates of entries.

    Args:
        entries: All entries: how a date is read depends on the others.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.guesses: list[str] = []
        """As in `Imported`."""
        self._columns: dict[str, list[str]] = {}
        self._guessed: dict[str, str] = {}
        self._used: Counter[str] = Counter()
        self._leading = 0
        self._used_as_shown: Counter[str] = Counter()
        keys = dict.fromkeys(key for entry in entries for key in entry.fields)
        dates = [key for key in keys if makes_event(date_rank(key)) or is_end(key) or is_shown_date(key)]
        for key in dates:
            self._read(key, [_text(entry, key) for entry in entries])
        self._read("", [entry.place.when for entry in entries])
        ranked = [(rank, key) for key in keys if makes_event(rank := date_rank(key)) and rank is not None]
        self._keys = [key for _, key in sorted(ranked, key=lambda each: each[0])]
        self._ends = [key for key in dates if is_end(key)]
        self._shown = [key for key in dates if is_shown_date(key)]
        self.found = [self._when(entry, number) for number, entry in enumerate(entries)]
        """The dates of all entries."""
        self._tell()

    def _read(self, key: str, texts: list[str]) -> None:
        column = edtf_of_column(texts)
        self._columns[key] = column.dates
        if column.guess:
            self._guessed[key] = column.guess

    def _when(self, entry: Entry, number: int) -> When:
        edtf, covered = self._start(entry, number)
        if edtf:
            edtf, also = self._end(entry, number, *self._as_shown(entry, number, edtf, covered))
            covered = also
            edtf = _cut(entry, edtf)
        keys = {key for key in (*self._shown, *self._ends, *self._keys) if self._columns[key][number]}
        return When(edtf or UNDATED, frozenset(covered), frozenset(keys | covered))

    def _start(self, entry: Entry, number: int) -> tuple[str, set[str]]:
        for key in self._keys:
            if edtf := self._columns[key][number]:
                self._note(entry, key)
                return self._with_months(entry, key, edtf)
            if edtf := self._with_year(entry, key):
                self._note(entry, key)
                return edtf, {key}
        for key in self._shown:
            if edtf := self._columns[key][number]:
                self._used[key] += 1
                return edtf, _covered(entry, key)
        inherited = entry.parent is None or entry.place.giver != entry.parent.slot[0]
        if inherited and self._columns[""][number]:
            self._used[""] += 1
            return self._columns[""][number], set()
        return "", set()

    def _note(self, entry: Entry, key: str) -> None:
        if entry.slot[1] is None:
            self._used[key] += 1
        else:
            # The key of a plain text is not from the file.
            self._leading += 1

    def _with_months(self, entry: Entry, key: str, edtf: str) -> tuple[str, set[str]]:
        """A date, with the month and day from separate keys if it is only a year."""
        parts = {plain_name(name): name for name in entry.fields}
        if _YEAR.fullmatch(edtf) and "month" in parts:
            month, day = _text(entry, parts["month"]), _text(entry, parts.get("day", ""))
            if month.isdigit():
                whole = "-".join([edtf, month.zfill(2), *([day.zfill(2)] if day.isdigit() else [])])
            else:
                whole = f"{day} {month} {edtf}".strip()
            if fuller := edtf_of(whole):
                return fuller, {key, parts["month"], *([parts["day"]] if day else [])}
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

    def _as_shown(self, entry: Entry, number: int, edtf: str, covered: set[str]) -> tuple[str, set[str]]:
        """The date written for readers, if it agrees with the date written for programs."""
        date = parse_date(edtf)
        for key in self._shown:
            text = self._columns[key][number]
            if not text or key in covered or date.precision is Precision.TIME:
                continue
            shown = parse_date(text)
            first, last = sorted(((date.earliest, date.latest), (shown.earliest, shown.latest)))
            is_inside = first[1] >= last[1] or first[0] == last[0]
            if is_inside and text != edtf:
                self._used_as_shown[key] += 1
                return text, _covered(entry, key)
        return edtf, covered

    def _end(self, entry: Entry, number: int, edtf: str, covered: set[str]) -> tuple[str, set[str]]:
        if "/" in edtf or edtf[0] in "[{":
            return edtf, covered
        for key in self._ends:
            end = self._columns[key][number] or (".." if is_open_end(_text(entry, key)) else "")
            if end and (interval := interval_between(edtf, end)):
                self._used[key] += 1
                return interval, covered | _covered(entry, key)
        return edtf, covered

    def _tell(self) -> None:
        named = [(key, count) for key, count in self._used.most_common() if key and not is_end(key)]
        ends = [f"`{key}`" for key in self._ends if self._used[key]]
        if named:
            first, *others = [f"`{key}`" for key, _ in named]
            or_else = f", or else from {_listed(others)}" if others else ""
            self.guesses.append(f"dates are taken from {first}{or_else}")
        if self._leading:
            self.guesses.append("dates are taken from the start of texts")
        if self._used[""]:
            self.guesses.append(f"{self._used['']:,} events have the date that they are listed under")
        if shown := [f"`{key}`" for key in self._used_as_shown]:
            self.guesses.append(f"dates are as precise as {_listed(shown)} has them")
        if ends:
            self.guesses.append(f"ends are taken from {_listed(ends)}")
        guessed = (
            guess for key, guess in self._guessed.items() if self._used[key] or self._used_as_shown[key]
        )
        self.guesses += dict.fromkeys(guessed)


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
        # `approximate: true`
        word = plain_name(key) if value.lower() in _TRUE else value
        edtf = with_precision(edtf, word)
    return edtf
