"""Days of other calendars as Gregorian ones: Julian, Islamic, Republican; and years counted otherwise."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from timeline_tui.dates.day_numbers import from_civil, to_civil
from timeline_tui.dates.edtf import write_year

if TYPE_CHECKING:
    from collections.abc import Callable

_DAY = re.compile(r"(-?[0-9]{4})-([0-9]{2})-([0-9]{2})([?~%]?)")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}
"""The year before the first of each era of Japan, and of the Republic of China."""
_ERA = re.compile(rf"({'|'.join(_ERAS)}) ?([0-9]{{1,3}}|元) ?年")
_BUDDHIST = 543
"""Years by which the Thai calendar is ahead."""
_HIJRI = re.compile(r"\b(?:AH|A\.H\.|AM|A\.M\.|H\.)\s*\Z")
_ISLAMIC_MONTHS = (
    r"muharram", r"safar", r"rabi.{0,3} ?(?:al-?awwal|i|1)", r"rabi.{0,3} ?(?:al-?(?:thani|akhir)|ii|2)",
    r"j[ou]mada ?(?:al-?(?:ula|awwal)|i|1)", r"j[ou]mada ?(?:al-?(?:thani(?:ya)?|akhira?)|ii|2)", r"rajab",
    r"sha.?ban", r"ramadh?an", r"shaw+al", r"dh?u.{0,2}l?-?\s?qa.?da(?:h)?", r"dh?u.{0,2}l?-?\s?hijj?a(?:h)?",
)  # fmt: skip
_ISLAMIC = re.compile(
    r"(?:(?:([0-9]{1,2}) )?(.{4,20}?),? )?([0-9]{1,4}(?= ?A)|[0-9]{3,4}) ?(?:AH|A\.H\.|H\.?)"
)
_ISLAMIC_EPOCH = from_civil(622, 7, 19)
_REPUBLICAN_MONTHS = (
    "vendémiaire", "brumaire", "frimaire", "nivôse", "pluviôse", "ventôse",
    "germinal", "floréal", "prairial", "messidor", "thermidor", "fructidor",
)  # fmt: skip
_REPUBLICAN = re.compile(
    r"(?:(?:le )?([0-9]{1,2})(?:er)? )?(\w{6,11}),? (?:de l['\u2019])?(?:an|year) ([ivx]{1,4}|[0-9]{1,2})",
    re.IGNORECASE,
)
_REPUBLICAN_EPOCH = from_civil(1792, 9, 22)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv")
"""The years of the calendar of the French Republic."""
_THAI = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
_THAI_DATE = re.compile(rf"(?:([0-9]{{1,2}}) )?({'|'.join(_THAI)}) (?:พ\.ศ\. ?)?(2[0-9]{{3}})")


def from_julian(edtf: str) -> str:
    """A date whose days are those of the Julian calendar, in the Gregorian one.

    Months and years stay as they are: a difference of some days is below their precision.
    """
    if edtf.count("/") == 1:
        return "/".join(map(from_julian, edtf.split("/")))
    match = _DAY.fullmatch(edtf)
    if match is None or not 1 <= int(match[2]) <= 12:
        return edtf
    year, month, day = to_civil(_of_julian(int(match[1]), int(match[2]), int(match[3])))
    return f"{write_year(year)}-{month:02}-{day:02}{match[4]}"


def _of_julian(year: int, month: int, day: int) -> int:
    """The day number of a Julian day."""
    return _julian_days(year, month, day) + _BEGINNING


def _julian_days(year: int, month: int, day: int) -> int:
    """Days since 1 March of the year 0, in years that begin in March, so that a leap day is their last."""
    months = (month + 9) % 12
    years = year - (month < 3)
    return 365 * years + years // 4 + (153 * months + 2) // 5 + day - 1


_BEGINNING = from_civil(1582, 10, 15) - _julian_days(1582, 10, 5)
"""The day number of the Julian 1 March of the year 0: the calendars met where one took over."""


def in_common_years(text: str, edtf_of: Callable[[str], str]) -> str:
    """The EDTF for a date in a year of a Japanese era, of Taiwan or of Thailand; empty for any other."""
    if (match := _ERA.match(text)) is not None:
        year = _ERAS[match[1]] + (1 if match[2] == "元" else int(match[2]))
        return edtf_of(f"{year}年{text[match.end() :].strip()}")
    if (match := _THAI_DATE.fullmatch(text)) is not None:
        day = f"-{match[1].zfill(2)}" if match[1] else ""
        return f"{int(match[3]) - _BUDDHIST}-{_THAI.index(match[2]) + 1:02}{day}"
    return ""


def in_other_calendar(text: str) -> str:
    """The EDTF for a date of the Islamic calendar or of that of the French Republic; empty for any other.

    Islamic days are those of the tabular calendar, which may differ by a day from what was seen: they are
    approximate.
    """
    if (match := _ISLAMIC.fullmatch(text)) is not None and int(match[3]) > 0:
        return _islamic(match[1] or "", match[2] or "", int(match[3]))
    if (match := _REPUBLICAN.fullmatch(text)) is not None:
        return _republican(match[1] or "", match[2].lower(), match[3].lower())
    return ""


def _islamic(day: str, name: str, year: int) -> str:
    if not name:
        return f"{_text(_of_islamic(year, 1, 1))}~/{_text(_of_islamic(year + 1, 1, 1) - 1)}~"
    months = (at for at, each in enumerate(_ISLAMIC_MONTHS, 1) if re.fullmatch(each, name, re.IGNORECASE))
    month = next(months, 0)
    if not month or int(day or 1) not in range(1, 31):
        return ""
    if day:
        return f"{_text(_of_islamic(year, month, int(day)))}~"
    end = _of_islamic(year + month // 12, month % 12 + 1, 1) - 1
    return f"{_text(_of_islamic(year, month, 1))}~/{_text(end)}~"


def _of_islamic(year: int, month: int, day: int) -> int:
    """The day number of a day of the tabular Islamic calendar, with eleven leap years in thirty."""
    before = (year - 1) * 354 + (3 + 11 * year) // 30 + (59 * (month - 1) + 1) // 2
    return _ISLAMIC_EPOCH + before + day - 1


def _republican(day: str, name: str, of_year: str) -> str:
    named = _without_accents(name)
    month = next((at for at, each in enumerate(_REPUBLICAN_MONTHS) if _without_accents(each) == named), -1)
    year = int(of_year) if of_year.isdigit() else _ROMAN.index(of_year) + 1 if of_year in _ROMAN else 0
    if month < 0 or not 1 <= year <= len(_ROMAN) or int(day or 1) not in range(1, 31):
        return ""
    first = _REPUBLICAN_EPOCH + 365 * (year - 1) + year // 4 + 30 * month
    if day:
        return _text(first + int(day) - 1)
    return f"{_text(first)}/{_text(first + 29)}"


def _without_accents(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))


def _text(number: int) -> str:
    year, month, day = to_civil(number)
    return f"{write_year(year)}-{month:02}-{day:02}"


def is_of_another_calendar(text: str) -> bool:
    """Whether a text counts its years as no calendar that is read here does: `1445 AH`."""
    return _HIJRI.search(text) is not None and not re.search(r":|[0-9] ?AM", text)
