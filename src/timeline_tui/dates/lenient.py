"""Converts dates in imported data into EDTF: one by one, or with the rest of their column as evidence.

Times of day, zones, months of other languages and spelling mistakes are understood.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import END, DateError, Precision, parse_date, today
from timeline_tui.dates.day_numbers import from_civil, to_civil, weekday
from timeline_tui.dates.edtf import BEGINNING, Interval, Limit, Moment, bounds, parse_edtf, write_year
from timeline_tui.dates.informal import nearest_year, normalized, readings, suggestions
from timeline_tui.dates.months import MONTHS, months_in_other_languages
from timeline_tui.dates.numbers import NumberEvidence, of_digits
from timeline_tui.dates.other_languages import WORDS
from timeline_tui.dates.other_languages import in_english as words_in_english
from timeline_tui.dates.phrases import (
    NOT_A_DATE,
    edtf_of_phrase,
    is_converted,
    is_of_wikidata,
    may_be_of_wikidata,
    of_wikidata,
)
from timeline_tui.dates.spellings import respelt
from timeline_tui.dates.typed import read_typed
from timeline_tui.text.similar import closest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


UNDATED = "XXXX"
"""The EDTF for a year without any known digit: what an entry without a readable date gets."""

LONGEST = 100
"""The greatest length of a text that is read as a date, in characters."""

_NUMBERS = re.compile(r"([0-9]{1,2})([-/])([0-9]{1,2})\2([0-9]{4})(?![0-9])")
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}|.*[a-z] ?['\u2019][0-9]{2}", re.IGNORECASE)
_SHORT_NAMED = re.compile(
    r"(?:([0-9]{1,2})([-. ]) ?)?([^\W\d_]{3,12})\.?(?(2) ?\2|-)([0-9]{2})(?:(?=[ T])(.*))?"
)
"""A named month and a year of two digits: `05-May-24`, `5 May 24`, `May-24`."""
_DOTTED_SHORT = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2}")
_SHORT_TIMED = re.compile(r"([0-9]{1,2}([-/.])[0-9]{1,2}\2[0-9]{2}),? ([0-9]{1,2}:.*)")
_NUMBERS_TIMED = re.compile(
    r"([0-9]{1,4}([-/.])[0-9]{1,2}\2[0-9]{4}|[0-9]{4}([-/.])[0-9]{1,2}\3[0-9]{1,2}),? ([0-9]{1,2}:.*)"
)
"""A day in numbers and a time: the days of a long file are few, and its times many."""
_DAY_IN_NUMBERS = re.compile(r"(?<![0-9])[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{4}(?![0-9])")
_WHOLE_DAY = re.compile(r"-?[0-9]{4,}-[0-9]{2}-[0-9]{2}")
_NEGATIVE = re.compile(r"[-\u2212]([0-9]+)")
_SHORT_RANGE = re.compile(r"([0-9]{2})([0-9]{2}) ?([-/\u2012-\u2015]) ?([0-9]{2})")
_ZEROS = re.compile(r"([0-9]{4}(?:-(?!00)[0-9]{2})?)(?:-00)+(?:[T ]00:00:00.*)?")
_QUARTER = re.compile(r"([0-9]{4})-?Q([1-4])", re.IGNORECASE)
_YEAR_AND_MORE = re.compile(r"([0-9]{2,3})([0-9]{1,2})[-/\u2012-\u2015]([0-9]{1,2})")
_MIDNIGHT = re.compile(r"(.{8,16})T(?:00|24):00(?::00(?:\.0+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?")
_NO_FRACTION = re.compile(r"(?<=:[0-9]{2})\.0+(?![0-9])")
_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9])?)?"
)
"""What means itself, and nothing else, once its day exists: nearly all dates of large files."""
_WEEK = re.compile(r"([0-9]{4})-?W([0-9]{2})(?:-?([1-7]))?", re.IGNORECASE)
_CJK = re.compile(r"([0-9]{1,4}) ?[年년](?: ?([0-9]{1,2}) ?[月월](?: ?([0-9]{1,2}) ?[日일号])?)?")
_PART = re.compile(
    r"(?:early|mid|late|beginning|start|end|"
    r"(?:[1-4]|first|second|third|fourth|last) (?:half|third|quarter))[ -]"
    r"(?:.*[0-9]{3,4}s?|[0-9]{1,2} century)(?: bce?| ad| ce)?"
)
_LIMIT = re.compile(r"(before|pre|by|until|till|after|post|since|from|not before)[ -](?:about )?(.+)")
_WEEK_AT = re.compile(r"(?:week|wk) (?:(beginning|commencing|starting|ending) )?(.+)|w/?([cbe]) (.+)")
_ZONE_LAST = re.compile(r"([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?) ([0-9]{4}) ([+-][0-9]{4})\Z")
_HOURS = re.compile(r"\b([0-9]{1,2}) ?[hH]([0-9]{2})(?![0-9])")
_AT = re.compile(
    r" (?:à|às|a las|um|alle ore|ore|alle|klo|godz\.?|kl\.?|om|в) (?=[0-9]{1,2}:)", re.IGNORECASE
)
_HAS_TIME = re.compile(r":|[0-9] ?[ap]\.?m|[0-9]t[0-9]{4}")
_ASIDE = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_ABOUT = re.compile(
    r"\b(?:approx(?:imate(?:ly)?)?|circa|about|around|est(?:imated|imate)?|roughly|ish)\b|^ca?\.?$|^~$"
)
_PERHAPS = re.compile(
    r"\b(?:uncertain|unsure|unverified|perhaps|possibly|probably|contested|disputed)\b|^\?$"
)
_AGES = re.compile(r"([0-9.]+) ?(mya|ma|bya|ga)\b")
_JOINTS = (" to ", " until ", " through ", " thru ", " - ", "..", "->", "\u2192", " / ", "-", "/")
_ANY_DIGIT = re.compile(r"[0-9]|(?i:siècle|siecle|siglo|século|seculo|secolo|wieku?|век|вв?\.|millennium)")
_OPEN_ENDS = frozenset(["present", "now", "ongoing", "today", "current", "continuing", "date"])
_UNITS = {
    **dict.fromkeys(("century", "centuries"), -2), **dict.fromkeys(("decade", "decades"), -1),
    **dict.fromkeys(("year", "years", "y", "yearly", "annual"), 1),
    **dict.fromkeys(("month", "months", "ym", "m", "year-month", "monthly"), 2),
    **dict.fromkeys(("day", "days", "ymd", "d", "date", "daily"), 3),
}  # fmt: skip
_DAY = re.compile(r"(-?[0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:T.*)?([?~%]?)")
_FAITHFUL = re.compile(
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*|c|ca|circa|about|bce?|ad|ce|[ap]m|utc|gmt|"
    r"[tz]|st|nd|rd|th|s|of|the|to|and|or|at|present|now|century|q|h|w|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|"
    r"spring|summer|autumn|fall|winter|quarter|first|second|third|fourth|half|er|jahren?|million|billion|years|ago|since|from"
)


_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_MOST_UNKNOWN = 4
"""The most long words in a date that neither name a month nor say something in another language."""


class Column(NamedTuple):
    """The dates of a column or of one key of a list."""

    dates: list[str]
    """EDTF, in the order of the texts; empty for a text that is not a date."""
    guess: str
    """What was guessed about all of them, without a full stop; empty if nothing was guessed."""


def edtf_of(text: str) -> str:
    """The EDTF for a date as people write it; empty if it is not a date or is ambiguous (`03/04/2021`)."""
    text = text.strip()
    if _ISO.fullmatch(text) and _iso_day(text) is not None:
        return text
    found = _meanings(text)
    return found[0] if len(found) == 1 else ""


def edtf_of_all(texts: Iterable[str]) -> list[str]:
    """The EDTF for each of many dates; the others decide if an ambiguous one has the day or month first."""
    return edtf_of_column(texts).dates


def edtf_of_column(texts: Iterable[str], *, years: bool = False) -> Column:
    """The EDTF for each of many dates, and what was guessed.

    Where nothing shows whether day or month is first, a date is one of the two: `[2021-03-04,2021-04-03]`.

    Args:
        texts: The dates as they are written.
        years: Whether they are headed as years, so that `2008-09` is no September.
    """
    texts = list(texts)
    evidence = Evidence(years=years)
    for text in texts:
        evidence.add(text)
    reader = evidence.reader()
    return Column(list(map(reader.read, texts)), reader.guess)


class Evidence:
    """What the texts of a column show about how its dates are to be read, gathered text by text.

    Args:
        years: Whether they are headed as years, so that `2008-09` is no September.
    """

    def __init__(self, *, years: bool = False) -> None:
        self.texts = 0
        """The number of texts, empty ones included."""
        self.filled = 0
        """The number of texts that are not empty."""
        self.readable = 0
        """The number of texts that mean a date."""
        self._numbers = NumberEvidence()
        self._seasons = _Seasons(years=years)
        self._timed = self._midnights = 0
        self._is_of_wikidata = self._is_negative = self._has_ranges = self._has_short_years = False
        self._unclear = ""
        self._last_day = ""
        self.firsts = [0, 0]
        """How many dates can only have the day first, and how many only the month."""
        self.examples = ["", ""]
        """The first date that can only have the day first, and the first that can only have the month."""
        self._order = (_Order(), _Order())
        self._year = to_civil(today())[0]

    def add(self, text: str) -> None:
        """Take the next text of the column."""
        self.texts += 1
        if text == self._last_day:
            self.filled += 1
            self.readable += 1
            self._count_time(text)
            return
        text = text.strip()
        if not text:
            return
        self.filled += 1
        if _ISO.fullmatch(text) and (day := _iso_day(text)) is not None:
            # Many rows of a table are on the day of the row before, which then shows nothing new.
            self._last_day = text
            self._numbers.add(text)
            self.readable += 1
            self._count_time(text)
            for order in self._order:
                order.add(day)
            return
        self._last_day = ""
        self._numbers.add(text)
        self._seasons.add(text)
        self._is_of_wikidata = self._is_of_wikidata or is_of_wikidata(text)
        if (match := _NEGATIVE.fullmatch(text)) is not None and len(match[1]) != 4:
            self._is_negative = True
        if _is_short_range(text) and not _is_date(text):
            self._has_ranges = True
        found = _in_column(text, self._year, negative=False, ranges=False)
        self.readable += bool(found) or self._numbers.is_moment
        if found:
            self._take(text, found)

    def _take(self, text: str, found: tuple[str, ...]) -> None:
        is_short = _SHORT_YEAR.fullmatch(text) or _SHORT_TIMED.fullmatch(text)
        if is_short or _with_whole_year(text, self._year):
            self._has_short_years = True
        if (match := re.match(r"([0-9]{1,2})[-/]([0-9]{1,2})[-/]", text)) is not None:
            for at in (0, 1):
                if int(match[at + 1]) > 12:
                    self.firsts[at] += 1
                    self.examples[at] = self.examples[at] or text
        if len(found) > 1 and not self._unclear:
            self._unclear = text
        for at, order in enumerate(self._order):
            order.add(_first_day(found[at if len(found) > 1 else 0]))
        self._count_time(found[0])

    def _count_time(self, edtf: str) -> None:
        if "T" in edtf:
            self._timed += 1
            self._midnights += _MIDNIGHT.fullmatch(edtf) is not None

    def reader(self) -> ColumnReader:
        """Reads the column as all that was taken shows."""
        if (numbers := self._numbers.reader()) is not None:
            return ColumnReader(numbers.guess, numbers.read)
        guesses = []
        if self._has_short_years:
            guesses.append(f"two-digit years are taken to be within fifty years of {self._year}")
        place: int | None = 0
        if self._unclear:
            place, why = self._order_of_parts()
            guesses.append(
                f"dates like {self._unclear} may be day first or month first; both readings are kept"
                if place is None
                else f"dates like {self._unclear} are read {('day', 'month')[place]} first, {why}"
            )
        days = self._timed > 1 and self._timed == self._midnights
        if days:
            guesses.append("times are all 00:00 and are left out, so that days remain")
        is_season = self._seasons.are_years(seen=self._has_ranges)
        rules = _Rules(
            self._year,
            self._is_negative,
            self._has_ranges or is_season,
            place,
            is_season,
            self._is_of_wikidata,
        )
        return ColumnReader("; ".join(guesses), lambda text: _as_ruled(text, rules), days=days)

    def _order_of_parts(self) -> tuple[int | None, str]:
        """Which of two readings is right, and why; None if nothing decides it."""
        day_first, month_first = self.firsts
        if day_first != month_first:
            place, count = int(month_first > day_first), max(day_first, month_first)
            why = f"as {count} other{'s' * (count > 1)} must be"
            if contrary := min(day_first, month_first):
                other = f"can only be {('day', 'month')[1 - place]} first, such as"
                why += f", though {contrary} {other} {self.examples[1 - place]}"
            return place, why
        orders = [order.is_kept for order in self._order]
        if self.texts > 2 and orders[0] != orders[1]:
            return int(orders[1]), "because then they are in order"
        return None, ""


def share_order(columns: Iterable[Evidence]) -> None:
    """Let the columns of a table decide together whether the day or the month is first."""
    found = list(columns)
    both = [sum(column.firsts[at] for column in found) for at in (0, 1)]
    examples = [next(filter(None, (column.examples[at] for column in found)), "") for at in (0, 1)]
    for column in found:
        column.firsts = both
        column.examples = examples


class ColumnReader:
    """Reads the dates of a column, as all its texts show that they are meant; made by `Evidence`.

    Args:
        guess: What was guessed, without a full stop; empty if nothing was.
        read: Gives the EDTF of a text without spaces around it, empty if it is no date.
        days: Whether times are left out: all of them are 00:00, which is how many programs write a day.
    """

    _MOST_KEPT = 1 << 16

    def __init__(self, guess: str, read: Callable[[str], str], *, days: bool = False) -> None:
        self.guess = guess
        self._read = read
        self._days = days
        self._known: dict[str, str] = {}

    def read(self, text: str) -> str:
        """The EDTF of a text of the column; empty if it is not a date."""
        found = self._known.get(text)
        if found is None:
            bare = text.strip()
            if _ISO.fullmatch(bare) and _iso_day(bare) is not None:
                return bare[:10] if self._days else bare
            if len(self._known) >= self._MOST_KEPT:
                self._known.clear()
            found = self._read(bare) if bare else ""
            if self._days and (match := _MIDNIGHT.fullmatch(found)) is not None:
                found = match[1]
            self._known[text] = found
        return found


class _Rules(NamedTuple):
    """How the texts of a column are read."""

    year: int
    negative: bool
    ranges: bool
    place: int | None
    """Which of two readings is right: day first, or month first; None to keep both."""
    seasons: bool
    """Whether what looks like a year and a month is two years."""
    wikidata: bool
    """Whether times are those of Wikidata."""


def _as_ruled(text: str, rules: _Rules) -> str:
    if rules.wikidata and may_be_of_wikidata(text):
        return of_wikidata(text)
    if rules.seasons:
        text = _long_range(text)
    found = _in_column(text, rules.year, negative=rules.negative, ranges=rules.ranges)
    if len(found) < 2 or rules.place is not None:
        return found[(rules.place or 0) if len(found) > 1 else 0] if found else ""
    return _either(found)


class _Seasons:
    """Whether all that looks like a year and a month in a column is two years: `2008-09` beside `2013-14`.

    Args:
        years: Whether the column is headed as years, so that nothing else has to show it.
    """

    _MOST = 64

    def __init__(self, *, years: bool) -> None:
        self._is_headed = years
        self._found = set[str]()
        self._can_be = True
        self._turns = self._follow = False

    def add(self, text: str) -> None:
        """Take the next text of the column."""
        if not self._can_be or _YEAR_AND_MORE.fullmatch(text) is None:
            return
        span = _long_range(text)
        if span == text:
            self._can_be = False
            return
        start, end = map(int, span.split("/"))
        self._turns = self._turns or text.endswith("00")
        self._follow = (self._follow or not self._found) and end == start + 1
        if len(self._found) < self._MOST:
            self._found.add(text)

    def are_years(self, *, seen: bool) -> bool:
        """Whether they are years; `seen` tells whether one text can be nothing else."""
        if self._is_headed:
            return True
        if not self._can_be or not self._found:
            return False
        # Seasons: each ends in the year after it began.
        return seen or self._turns or (self._follow and len(self._found) > 2)


class _Order:
    """Whether days that are taken one by one are all in order, either way."""

    def __init__(self) -> None:
        self._last: int | None = None
        self._rises = self._falls = True

    def add(self, day: int) -> None:
        if day == BEGINNING:
            return
        if self._last is not None:
            self._rises = self._rises and self._last <= day
            self._falls = self._falls and self._last >= day
        self._last = day

    @property
    def is_kept(self) -> bool:
        return self._rises or self._falls


def _iso_day(text: str) -> int | None:
    """The day number of a text that `_ISO` matches; None if there is no such day."""
    try:
        return date.fromisoformat(text[:10]).toordinal()
    except ValueError:
        return None


def _first_day(edtf: str) -> int:
    day = _iso_day(edtf) if _ISO.fullmatch(edtf) else None
    return parse_date(edtf).earliest if day is None else day


def with_precision(edtf: str, precision: str) -> str:
    """A date with its precision limited by another field.

    `2021-01-01` with `year` is `2021`; with `approximate`, `2021-01-01~`; with `contested`, `2021-01-01?`.
    Words that say nothing known leave the date as it is.
    """
    word = precision.strip().lower()
    if edtf.count("/") == 1:
        return "/".join(
            part if part in ("", "..") else with_precision(part, word) for part in edtf.split("/")
        )
    match = _DAY.fullmatch(edtf)
    if match is None:
        return edtf
    units = _UNITS.get(word.removesuffix(" only").removesuffix("-only"))
    year, mark = match[1], match[4]
    if units is None:
        approximate = bool(_ABOUT.search(word)) or mark in ("~", "%")
        uncertain = bool(_PERHAPS.search(word)) or mark in ("?", "%")
        mark = ("", "~", "?", "%")[approximate + 2 * uncertain]
        # A qualified date has no time of day.
        return edtf if mark == match[4] else edtf.partition("T")[0].rstrip("?~%") + mark
    if units < 0:
        return year[: len(year) + units] + "X" * -units + mark
    return "-".join([part for part in match.groups()[:3] if part][:units]) + mark


def is_kept_in_full(text: str) -> bool:
    """Whether a date can be converted into EDTF without losing anything."""
    words = re.findall(r"[^\W\d_]+", in_english(text.lower()))
    return _is_date(text) or (
        not is_converted(text)
        and not _ASIDE.search(text)
        and all(_FAITHFUL.fullmatch(word) or word in ZONES for word in words)
    )


def interval_between(start: str, end: str) -> str:
    """An interval from one EDTF date to another; empty if it is not a valid interval."""
    first, last = _edge(start, 0), _edge(end, 1)
    if first == last and start == end:
        return start
    interval = f"{first}/{last}"
    return interval if first and last and _is_date(interval) else ""


def is_open_end(text: str) -> bool:
    """Whether a text means that something has not ended: `present`, `ongoing`."""
    return text.strip(" .").lower().removeprefix("to ") in _OPEN_ENDS


def _long_range(text: str) -> str:
    """`1984-5` and `2008-09` as `1984/1985` and `2008/2009`; `text` itself if it is no such range."""
    match = re.fullmatch(r"([0-9]{4}) ?[-/\u2012-\u2015] ?([0-9]{1,2})", text)
    if match is None:
        return text
    start, tail = match[1], match[2]
    end = start[: 4 - len(tail)] + tail
    if int(end) < int(start) and tail == "00"[: len(tail)]:
        # `1999-00`
        end = str(int(start) + 1)
    return f"{start}/{end}" if int(end) > int(start) and end.endswith(tail) else text


@lru_cache(maxsize=8192)
def _meanings(text: str, year: int | None = None) -> tuple[str, ...]:
    """Every EDTF that a text can mean, day first before month first; `year` is of this century."""
    text = _with_digits(text)
    if not text or len(text) > LONGEST or not _ANY_DIGIT.search(text) or _is_prose(text):
        return ()
    if (phrase := edtf_of_phrase(text, edtf_of)) and (phrase == NOT_A_DATE or _is_date(phrase)):
        return () if phrase == NOT_A_DATE else (phrase,)
    if _is_short_range(text) and "-" not in text:
        return _special(text)
    if _is_date(text):
        # JavaScript writes all of its times with `.000`.
        return (_NO_FRACTION.sub("", text),)
    found = _special(text)
    if not found:
        english = words_in_english(text)
        if (other := respelt(english)) != english:
            return _meanings(other, year)
        found = _written(english, year)
    if _DAY_IN_NUMBERS.search(text):
        # 30/02/2024 is no day, and not the February in it either.
        found = tuple(edtf for edtf in found if _WHOLE_DAY.search(edtf))
    return tuple(edtf for edtf in dict.fromkeys(found) if _is_date(edtf))


def _is_prose(text: str) -> bool:
    """Whether a text has more words than any date has, as titles with a number do."""
    found = _LONG_WORD.findall(text)
    return len(found) > _MOST_UNKNOWN and (
        sum(word not in _IN_ENGLISH and word not in WORDS for word in map(str.lower, found)) > _MOST_UNKNOWN
    )


def _with_digits(text: str) -> str:
    """`text` with the digits 0 to 9 for those of other scripts."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(each, each)) for each in text)


def _special(text: str) -> tuple[str, ...]:
    """The EDTF for technical notations, such as epoch seconds or weeks."""
    if _is_short_range(text):
        return (f"{text[:4]}/{text[:2]}{text[-2:]}",)
    if (match := _NEGATIVE.fullmatch(text)) is not None:
        return suggestions(f"{match[1]} BC")
    if (match := _ZEROS.fullmatch(text)) is not None:
        return (match[1],)
    if (match := _QUARTER.fullmatch(text)) is not None:
        return (f"{match[1]}-{32 + int(match[2])}",)
    if digits := of_digits(text):
        return (digits,)
    return _numbered(text) or _week(text)


def _numbered(text: str) -> tuple[str, ...]:
    """The EDTF for unambiguous numbers: separated by full stops, or East Asian."""
    if (match := _DOTTED.fullmatch(text)) is not None and int(match[2]) <= 12:
        return (f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}",)
    if (match := _CJK.fullmatch(text)) is not None:
        return ("-".join([match[1].zfill(4), *(part.zfill(2) for part in match.groups()[1:] if part)]),)
    return ()


def _week(text: str) -> tuple[str, ...]:
    """The EDTF for an ISO 8601 week, or a day of it."""
    match = _WEEK.fullmatch(text)
    if match is None or not 1 <= int(match[2]) <= 53:
        return ()
    fourth = from_civil(int(match[1]), 1, 4)
    monday = fourth - weekday(fourth) + 7 * (int(match[2]) - 1)
    if match[3]:
        return (_day(monday + int(match[3]) - 1),)
    return (f"{_day(monday)}/{_day(monday + 6)}",)


def _day(number: int) -> str:
    year, month, day = to_civil(number)
    return f"{write_year(year)}-{month:02}-{day:02}"


def _written(text: str, year: int | None) -> tuple[str, ...]:
    """The EDTF for a date in English words; words of doubt and times of day are read separately."""
    aside = " ".join(_ASIDE.findall(text.lower()))
    text = _ASIDE.sub(" ", text).strip() or _ASIDE.sub(r"\1", text)
    # `1990er Jahre`
    text = re.sub(r"\b([0-9]{2,3}0)er\b(?: jahren?\b)?", r"\1s", text, flags=re.IGNORECASE)
    # `Sat Jan  1 10:00:00 2000 +0000`
    text = _ZONE_LAST.sub(r"\2 \1 \3", text)
    # `14h30`
    text = _AT.sub(" ", _HOURS.sub(r"\1:\2", text))
    text, ish = re.subn(r"(?<=[0-9s])[- ]?ish\b", "", text)
    text = _AGES.sub(lambda m: f"{m[1]} {'million' if m[2][0] == 'm' else 'billion'} years ago", text.lower())
    mark = ("~" if ish or _ABOUT.search(aside) else "") + ("?" if _PERHAPS.search(aside) else "")
    text, time = take_time(text.strip()) if _HAS_TIME.search(text) else (text, "")
    text = re.sub(r"^(?:in|on|the) ", "", text.strip(" ,;:"))
    found = _worded(in_english(text), year)
    if mark:
        words = {"~": "approximate", "?": "uncertain", "~?": "approximate uncertain"}[mark]
        return tuple(with_precision(edtf, words) for edtf in found)
    # A time needs one day; beside anything else it is told nowhere.
    return tuple(
        at_time(edtf, time) if time and re.fullmatch(r"[0-9-]{10,11}", edtf) else edtf for edtf in found
    )


def at_time(day: str, time: str) -> str:
    """A day with a time of day; 24:00 is 00:00 of the next day, as in ISO 8601."""
    if not time.startswith("24"):
        return f"{day}T{time}"
    following = parse_date(day).latest + 1
    return f"{_day(following)}T00{time[2:]}"


def _worded(text: str, year: int | None) -> tuple[str, ...]:
    if _is_date(text) or _DOTTED.fullmatch(text):
        return (text,) if _is_date(text) else _numbered(text)
    # `July - 2019` is no interval.
    text = re.sub(r"^([a-z]{3,9}) ?[-\u2013] ?([0-9]{4})$", r"\1 \2", text)
    phrase = normalized(text)
    if found := suggestions(text) or _short(phrase, text, year):
        # `1800s` is the century before it is a decade; only days and months are a question of order.
        return found if _NUMBERS.search(text) or _SHORT_YEAR.fullmatch(text) else found[:1]
    if _PART.fullmatch(phrase) and (found := _part(phrase)):
        return found
    match = _LIMIT.fullmatch(phrase)
    if match is not None and (found := _beyond(match[1], edtf_of(match[2]))):
        return found
    if (match := _WEEK_AT.fullmatch(phrase)) is not None:
        return _week_at(match[1] or match[3] or "", edtf_of(match[2] or match[4]))
    return _interval(phrase)


def _week_at(word: str, day: str) -> tuple[str, ...]:
    """The EDTF for the week that begins or ends with a day, or else for the one that it is in."""
    if not _WHOLE_DAY.fullmatch(day):
        return ()
    number = parse_date(day).earliest
    before = 6 if word.startswith("e") else 0 if word else weekday(number)
    return (f"{_day(number - before)}/{_day(number - before + 6)}",)


def _short(phrase: str, text: str, year: int | None) -> tuple[str, ...]:
    """The EDTF for a date with a two-digit year."""
    return readings(phrase, year) if year and _SHORT_YEAR.fullmatch(text) else ()


def _part(phrase: str) -> tuple[str, ...]:
    try:
        return (read_typed(phrase, today=1).date.text,)
    except DateError:
        return ()


def _interval(phrase: str) -> tuple[str, ...]:
    """The EDTF for a range of dates; a word of doubt in front applies to both."""
    about = re.match(r"(?:c|ca|circa|about|around|approximately|~) ?(?=[0-9])", phrase)
    body = phrase[about.end() :] if about else re.sub(r"^(?:from|between) ", "", phrase)
    joints = (" and ", *_JOINTS) if phrase.startswith("between ") else _JOINTS
    for joint in joints:
        start, found, end = (part.strip() for part in body.partition(joint))
        if not (found or joint.isspace()) or not start or not end:
            continue
        last = ".." if is_open_end(end) else edtf_of(end)
        # `between 5 and 7 May 2020`, `Feb 27 - March 3, 2023`
        first = edtf_of(start)
        if not first and start.isdigit():
            first = edtf_of(re.sub(r"^[0-9]{1,2}(?= ?[a-z])", start, end))
        if not first and last[:4].isdigit():
            first = edtf_of(f"{start} {last[:4]}")
        if first and last and (interval := interval_between(first, last)):
            return (with_precision(interval, "approximate") if about else interval,)
    return ()


def _beyond(word: str, edge: str) -> tuple[str, ...]:
    """The EDTF for what is before or after a date; the date itself counts after `by`, `until` or `since`."""
    is_after = word in ("after", "post", "since", "from", "not before")
    if edge and word in ("before", "pre", "after", "post"):
        edge = _beside(edge, 1 if is_after else -1)
    if not edge or edge[0] in "[{" or "/" in edge:
        return ()
    return (f"[{edge}..]" if is_after else f"[..{edge}]",)


def _beside(edtf: str, step: int) -> str:
    """The day, month or year before (-1) or after (1) a date, as precise as that is; empty if it is open."""
    date = parse_date(edtf)
    edge = date.latest if step > 0 else date.earliest
    if abs(edge) >= END:
        return ""
    mark = "?" * date.uncertain + "~" * date.approximate
    mark = "%" if len(mark) > 1 else mark
    if date.precision is Precision.TIME:
        return edtf
    parts = {Precision.DAY: 3, Precision.MONTH: 2, Precision.SEASON: 2}.get(date.precision, 1)
    year, month, day = to_civil(edge + step)
    if abs(year) > 9999:
        parts = 1
    return "-".join([write_year(year), f"{month:02}", f"{day:02}"][:parts]) + mark


def _edge(edtf: str, at: int) -> str:
    """The start (0) or the end (1) of a date that can be an interval itself."""
    if edtf == "..":
        return edtf
    form = parse_date(edtf).form
    if isinstance(form, Moment):
        return edtf
    if isinstance(form, Interval) and not isinstance(form[at], Limit):
        return edtf.split("/")[at]
    return ""


def _is_short_range(text: str) -> bool:
    match = _SHORT_RANGE.fullmatch(text)
    return match is not None and match[4] > match[2]


def _in_column(text: str, year: int, *, negative: bool, ranges: bool) -> tuple[str, ...]:
    if ranges and _is_short_range(text) and int(text[-2:]) > 12:
        # Beside `1914-18`, `1831-36` is no fourth quarter.
        return _special(text)
    if negative and (match := _NEGATIVE.fullmatch(text)) is not None:
        return suggestions(f"{match[1]} BC")
    if (match := _SHORT_TIMED.fullmatch(text)) is not None and (time := take_time(match[3]).time):
        return tuple(at_time(day, time) for day in _in_column(match[1], year, negative=False, ranges=False))
    return _of_short_year(text, year) or _timed(text) or _meanings(text)


def _of_short_year(text: str, year: int) -> tuple[str, ...]:
    """What a date with the last two digits of its year can mean; empty for any other."""
    if whole := _with_whole_year(text, year):
        return _meanings(whole)
    if _DOTTED_SHORT.fullmatch(text):
        # Nobody who writes dots has the month first.
        return _meanings(text, year)[:1]
    if _SHORT_YEAR.fullmatch(text):
        # As `readings()` has it: of two numbers, the day first.
        return _meanings(re.sub(r"['\u2019](?=[0-9]{2}\Z)", str(year)[:2], text), year)
    return ()


def _with_whole_year(text: str, year: int) -> str:
    """A date with a named month and the last two digits of its year with the whole year; else empty."""
    match = _SHORT_NAMED.fullmatch(text)
    if match is None or not is_month(match[3]):
        return ""
    return f"{match[1] or ''} {match[3]} {nearest_year(int(match[4]), year)}{match[5] or ''}".strip()


def _timed(text: str) -> tuple[str, ...]:
    """What a day in numbers with a time behind it can mean; empty for anything else."""
    match = _NUMBERS_TIMED.fullmatch(text)
    if match is None:
        return ()
    rest, time = take_time(match[4])
    days = _meanings(match[1]) if time and not rest else ()
    return tuple(at_time(day, time) for day in days) if all(map(_WHOLE_DAY.fullmatch, days)) else ()


def _either(found: tuple[str, ...]) -> str:
    if len(found) < 2:
        return found[0] if found else ""
    both = f"[{','.join(sorted(found))}]"
    return both if _is_date(both) else ""


def _is_date(text: str) -> bool:
    # As `parse_date()`, which would look for a hint as well.
    try:
        bounds(parse_edtf(text))
    except DateError:
        return False
    return True


# Only what means one offset: CST and IST are three zones each, ET is two.
ZONES = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "mez": 60, "cest": 120,
    "mesz": 120, "eet": 120, "sast": 120, "eest": 180, "msk": 180, "jst": 540, "kst": 540, "sgt": 480,
    "hkt": 480, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780, "est": -300, "edt": -240,
    "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "akst": -540, "akdt": -480,
    "hst": -600,
}  # fmt: skip
"""Minutes ahead of UTC."""
_CLOCK = (
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]+))?)?(?![0-9:])"
)
_HALF = r"(?: ?(?P<half>[ap])\.?m\.?(?![a-z]))?"
_HOUR = r"(?P<hour>[0-9]{1,2}) ?(?P<half>[ap])\.?m\.?(?![a-z])"
_ZONE = (
    r"(?: ?\(?(?:(?P<name>[a-z]{1,5})(?![a-z]))?"
    r"(?: ?(?P<sign>[+\u2212-])(?P<hours>[0-9]{1,2}):?(?P<minutes>[0-9]{2})?(?![0-9/-])"
    r"(?: (?:utc|gmt)\b)?)?\)?)"
)
_TIMES = tuple(
    re.compile(rf"(?<![0-9:])(?:,? ?\bat )?{clock}{_ZONE}", re.IGNORECASE)
    for clock in (_CLOCK + _HALF, _HOUR)
)
_BASIC = re.compile(
    r"\b([0-9]{4})-?([0-9]{2})-?([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})?(?=Z|[+-]|\b)", re.IGNORECASE
)
_WORDS = frozenset(["am", "pm", "utc", "gmt", "hrs", "h", "hours", "uhr", "local", "time", "o", "clock"])


class Timed(NamedTuple):
    """The text without its time of day."""

    rest: str
    time: str
    """The time of day as in EDTF after the T: `10:30`, `10:30:00+02:00`; empty if there is none."""


def take_time(text: str) -> Timed:
    """Take the time of day out of a text; an invalid one stays in the text."""
    text = _BASIC.sub(lambda m: f"{m[1]}-{m[2]}-{m[3]} {m[4]}:{m[5]}:{m[6] or '00'}", text)
    for pattern in _TIMES:
        if (match := pattern.search(text)) is not None:
            time = _time_of_day(match)
            if not time:
                break
            start, end = match.span()
            # A word that is no zone belongs to the date: `10:30 March 4`.
            if match["name"] and match["name"].lower() not in ZONES and not _is_zone(match["name"]):
                end = match.start("name")
            before = re.sub(r"(?<=[0-9])[Tt]\Z", "", text[:start])
            return Timed(f"{before} {text[end:]}".strip(" ,"), time)
    return Timed(text, "")


def _is_zone(name: str) -> bool:
    return name.isupper() or name.lower() in _WORDS


def _time_of_day(match: re.Match[str]) -> str:
    parts = match.groupdict()
    hour, minute = int(parts["hour"]), parts.get("minute") or "00"
    if parts["half"]:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if parts["half"].lower() == "p" else 0)
    second = parts.get("second")
    is_end_of_day = hour == 24 and not int(minute) and not int(second or 0)
    if (hour > 23 and not is_end_of_day) or int(minute) > 59 or int(second or 0) > 59:
        return ""
    fraction = (parts.get("fraction") or "")[:9].rstrip("0")
    seconds = f":{second}{f'.{fraction}' if fraction else ''}" if second else ""
    return f"{hour:02}:{minute}{seconds}{_offset(parts)}"


def _offset(parts: dict[str, str | None]) -> str:
    name = (parts["name"] or "").lower()
    if parts["sign"] and name in ("", "utc", "gmt"):
        sign = "+" if parts["sign"] == "+" else "-"
        return f"{sign}{int(parts['hours'] or 0):02}:{parts['minutes'] or '00'}"
    if name not in ZONES:
        return ""
    minutes = ZONES[name]
    if not minutes:
        return "Z"
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


_ENGLISH = tuple(name.lower() for name in MONTHS)
_IN_ENGLISH = months_in_other_languages()

_LETTERS = re.compile(r"[^\W\d_]{3,}")
_PARTICLES = re.compile(r"(?<=\b1)er\b|\b(?:de|del|do|den|der|le|el|il|am|im) ", re.IGNORECASE)
_NOT_MONTHS = frozenset(["dates", "dated", "marked", "century", "centuries"])


def in_english(text: str) -> str:
    """`text` with the names of months in English, and with obvious misspellings of months corrected."""
    english = _LETTERS.sub(lambda match: _english(match[0]), text)
    return english if english == text else _PARTICLES.sub("", english)


def is_month(text: str) -> bool:
    """Whether a text is the name of a month, in full or as its first three letters."""
    name = _IN_ENGLISH.get(text.lower(), text.lower())
    return name in _ENGLISH or (len(name) == 3 and any(month.startswith(name) for month in _ENGLISH))


@lru_cache(maxsize=4096)
def _english(word: str) -> str:
    lower = word.lower()
    if lower in _IN_ENGLISH:
        return _IN_ENGLISH[lower]
    # Long words only: of short ones, too many are a letter away from `May`.
    if len(word) < 5 or lower in _ENGLISH or lower in _NOT_MONTHS:
        return word
    month = closest(lower, _ENGLISH, 0.85)
    return month if month[:1] == lower[0] else word
