"""Converts between EDTF and Markwhen's dates: `1971-now`, `12/7/1941`, `11/2024 - 2 weeks`, `300–200 BC`."""

from __future__ import annotations

import re
from functools import lru_cache

from timeline_tui.dates.date import BEGINNING, END, Date, DateError, Precision, parse_date
from timeline_tui.dates.day_numbers import add_months, days_in_month, to_civil
from timeline_tui.dates.edtf import Interval, Limit
from timeline_tui.dates.informal import LONGEST
from timeline_tui.dates.lenient import UNDATED, edtf_of
from timeline_tui.dates.months import SHORT_MONTHS
from timeline_tui.exchange.instants import span_of

_EARLIEST_YEAR = -99_998
_MONTHS = "|".join(SHORT_MONTHS)
_LEAD = re.compile(rf"\s*(?:[0-9!+-]|(?:{_MONTHS})[a-z]*\b|(?:now|by|before|after)\b)", re.IGNORECASE)
_UNIT = (
    r"(?:milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|hours?|h|(?:week|work|business) ?days?|d|w|y"
    r"|(?:day|week|month|year)s?)"
)
_AMOUNT = re.compile(rf"([0-9]{{1,6}}) ?({_UNIT})(?![a-z])[\s,]*", re.IGNORECASE)
_RELATIVE = re.compile(
    rf"(?:(?:by|before|after)\b\s*)?(?:!\w+(?:\.(?:start|end))?\s*)?(?:plus\b|\+)?\s*(?:{_AMOUNT.pattern})*",
    re.IGNORECASE,
)
_CLOCK_ONLY = re.compile(r"[0-9]{1,2}(?::[0-9]{2})? ?[ap]m|[0-9]{1,2}:[0-9]{2}", re.IGNORECASE)
_CLOCK = re.compile(r"(.*?),?\s+([0-9]{1,2})(?::([0-9]{2}))? ?([ap]m)?", re.IGNORECASE)
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{1,5})")
_EVERY = re.compile(r"\s*\bevery\b[^:]*$|\s+for\s+[0-9]+\s+times$|\s+x\s?[0-9]+$", re.IGNORECASE)
_REPEATS = re.compile(
    r"\s*\bevery\s+(?:(?P<number>[0-9]{1,4}|other)\s+)?(?P<unit>days?|d|weeks?|w|months?|years?|y)\b"
    r"(?:\s+(?:for|x)\s*(?P<times>[0-9]{1,6})(?:\s+(?P<length>times|days?|weeks?|months?|years?))?)?\s*\Z",
    re.IGNORECASE,
)
MOST_REPEATED = 1_000
"""The most occurrences of an event that repeats."""
_JOINT = re.compile(r"\s+to\s+|\s*/\s*|\s*[-\N{EN DASH}]\s*", re.IGNORECASE)
_MONTHS_OF = {"month": 1, "months": 1, "year": 12, "years": 12, "y": 12}
_DAYS_OF = {"day": 1, "days": 1, "d": 1, "week": 7, "weeks": 7, "w": 7}


def split_event(line: str, *, day_first: bool) -> tuple[str, str, str] | None:
    """The date of a line that begins an event, as written and as EDTF, and the rest of the line; else None.

    A date that depends on another event or on the hour of reading is `UNDATED`.
    """
    if ":" not in line or _LEAD.match(line) is None:
        return None
    ends = [at for at in range(min(len(line), LONGEST)) if line[at] == ":"][:6]
    # A colon before a space is not part of a time of day, so the date ends there.
    last = next((at for at in ends if not line[at + 1 : at + 2].strip()), LONGEST)
    for end in reversed([at for at in ends if at <= last]):
        written = line[:end].strip()
        if written and (edtf := edtf_of_written(written, day_first=day_first)):
            return written, edtf, line[end + 1 :].strip()
    return None


@lru_cache(maxsize=4096)
def edtf_of_written(text: str, *, day_first: bool) -> str:
    """The EDTF for a date of Markwhen; `UNDATED` if it depends on another event, empty if it is no date."""
    text = _EVERY.sub("", text).strip()
    if "T" in text and re.fullmatch(r"[0-9TZ:.+/-]+", text) and (found := _valid(text)):
        return found
    if ":" not in text and not _SLASHED.search(text) and (found := edtf_of(text)):
        return found
    for joint in _JOINT.finditer(text):
        first = _side(text[: joint.start()], day_first=day_first)
        last = _side(text[joint.end() :], day_first=day_first, after=first)
        if first and last:
            return _joined(first, last)
    return _side(text, day_first=day_first)


def repeats(written: str) -> bool:
    """Whether a date is that of something that happens again and again."""
    return _EVERY.search(written) is not None


def further_dates(written: str, edtf: str) -> list[str] | None:
    """The EDTF of the occurrences after the first of `every 2 weeks for 3 times`; None without a number."""
    match = _REPEATS.search(written)
    if match is None or not match["times"]:
        return None
    step = 2 if (match["number"] or "").lower() == "other" else int(match["number"] or 1)
    unit, length = match["unit"].lower(), (match["length"] or "times").lower()
    times = int(match["times"])
    if length != "times":
        times = _in_days(length) * times // max(_in_days(unit) * step, 1)
    found = [_moved(edtf, step * number, unit) for number in range(1, min(times, MOST_REPEATED))]
    return [edtf for edtf in found if edtf]


def _in_days(unit: str) -> int:
    return 30 * _MONTHS_OF[unit] if unit in _MONTHS_OF else _DAYS_OF[unit]


def _moved(edtf: str, number: int, unit: str) -> str:
    """A day, or an interval of days, some units later; empty for any other date."""
    ends = []
    for end in edtf.split("/"):
        day, t, clock = end.partition("T")
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day) is None or not _valid(end):
            return ""
        at = parse_date(day).earliest
        at = add_months(at, number * _MONTHS_OF[unit]) if unit in _MONTHS_OF else at + number * _DAYS_OF[unit]
        year, month, of_month = to_civil(at)
        ends.append(f"{year:04}-{month:02}-{of_month:02}{t}{clock}")
    return _valid("/".join(ends))


def markwhen_date(date: Date) -> str:
    """A date as Markwhen writes it, as exactly as possible; empty if it cannot be written."""
    form, span = date.form, span_of(date)
    if date.text == UNDATED or span.last.year > 9999 or span.first.year < _EARLIEST_YEAR:
        return ""
    if span.first.year < 1:
        years = [_year(span.first.year), _year(span.last.year)]
        return " - ".join(dict.fromkeys(years))
    if date.precision == Precision.TIME:
        ends = (span.first, span.last) if isinstance(form, Interval) else (span.first,)
        return " - ".join(dict.fromkeys(f"{end.iso()}Z" for end in ends))
    days = _days(span.first.day, span.last.day)
    return f"{days}/now" if isinstance(form, Interval) and form.end is Limit.OPEN else days


def _days(first: int, last: int) -> str:
    """A range of days, in whole years or months if it consists of them."""
    year, month, day = to_civil(first)
    last_year, last_month, last_day = to_civil(last)
    if day == 1 and last_day == days_in_month(last_year, last_month):
        if month == 1 and last_month == 12:
            ends = f"{year:04}", f"{last_year:04}"
        else:
            ends = f"{year:04}-{month:02}", f"{last_year:04}-{last_month:02}"
    else:
        ends = f"{year:04}-{month:02}-{day:02}", f"{last_year:04}-{last_month:02}-{last_day:02}"
    return "/".join(dict.fromkeys(ends))


def _year(year: int) -> str:
    return f"{1 - year} BC" if year < 1 else f"{year} AD"


def _side(text: str, *, day_first: bool, after: str = "") -> str:
    """The EDTF for one end of a date; `..` for now, `UNDATED` if it depends on another event."""
    text = text.strip()
    if text.lower() == "now":
        return ".." if after else UNDATED
    if (clock := _clock(text, after, day_first=day_first)) is not None:
        return clock
    if (match := _SLASHED.fullmatch(text)) is not None:
        one, other, year = map(int, match.groups())
        day, month = (one, other) if day_first else (other, one)
        return _valid(f"{year:04}-{month:02}-{day:02}")
    if re.search("[0-9!]", text) and _RELATIVE.fullmatch(text) is not None:
        return (after and _later(after, text)) or UNDATED
    found = edtf_of(text)
    return found if found and "/" not in found else ""


def _clock(text: str, after: str, *, day_first: bool) -> str | None:
    """A date with a time of day, or a time on the day of `after`; None for anything else."""
    if _CLOCK_ONLY.fullmatch(text) is not None:
        text = f"{after.partition('T')[0]} {text}" if after else text
        if not after:
            return UNDATED
    match = _CLOCK.fullmatch(text)
    if match is None or not (match[3] or match[4]):
        return None
    day = _side(match[1], day_first=day_first)
    half = (match[4] or "").lower()
    hour = int(match[2]) % 12 + (12 if half == "pm" else 0) if half else int(match[2])
    return _valid(f"{day}T{hour:02}:{match[3] or '00'}")


def _later(start: str, text: str) -> str:
    """The last day of a duration that starts on a day; empty if the duration is not in whole days."""
    try:
        date = parse_date(start)
    except DateError:
        return ""
    after = date.earliest
    if after in (BEGINNING, END) or date.precision == Precision.TIME:
        return ""
    for number, unit in _AMOUNT.findall(text):
        if unit.lower() in _MONTHS_OF:
            after = add_months(after, int(number) * _MONTHS_OF[unit.lower()])
        elif unit.lower() in _DAYS_OF:
            after += int(number) * _DAYS_OF[unit.lower()]
        else:
            return ""
    year, month, day = to_civil(max(after - 1, date.earliest))
    return _valid(f"{year:04}-{month:02}-{day:02}")


def _joined(first: str, last: str) -> str:
    if UNDATED in (first, last):
        return UNDATED
    return _valid(f"{first}/{last}") or UNDATED


def _valid(edtf: str) -> str:
    try:
        return parse_date(edtf).text
    except DateError:
        return ""
