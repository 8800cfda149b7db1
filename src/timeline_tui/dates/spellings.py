"""Other spellings of common dates, put into one that is read: `5 & 6 May 2024`, `C19`, `1990年代`.

Each rule turns a whole text into another that says the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from timeline_tui.dates.edtf import write_year
from timeline_tui.dates.months import MONTHS

if TYPE_CHECKING:
    from collections.abc import Callable

_DASH: Final = "[-\u2010-\u2015]"
_BEFORE_PRESENT: Final = 1950
"""The year that ages *before present* are counted from, as radiocarbon dates are."""

_NAMED: Final = re.compile(
    r"^(?:(?:b(?:orn)?|d(?:ied)?|née?|geb(?:oren)?|gest(?:orben)?)(?:\. ?| )|(?:\*|†|©|[(]c[)]) ?)"
    r"(?=.*[0-9]{3})",
    re.IGNORECASE,
)
"""What happened on a date, before it."""
_PART_OF_DAY: Final = re.compile(
    r",? ?\b(?:(?:in|on|at) |the |in the )?(?:early |late |mid-?)?"
    r"(?:morning|noon|midday|afternoon|evening|night|dawn|dusk)(?: (?:of|on))?(?![a-z]),? ?",
    re.IGNORECASE,
)
_SUFFIX: Final = re.compile(
    r"(?<=[0-9]) ?(?:гг?\.|года?|году|р\.|року|roku|r\.|gada)(?= |,|$)|(?<=[0-9])[º°ª](?= )", re.IGNORECASE
)
_SPACED_DOTS: Final = re.compile(r"([0-9]{1,2}) ?\. ?([0-9]{1,2}) ?\. ?([0-9]{4})\.?")
_LAST_DOT: Final = re.compile(r"([0-9]{4}\.[0-9]{1,2}\.[0-9]{1,2}|.*[^\W\d_]{3,} [0-9]{1,4})\.")
_HOURS: Final = re.compile(r"(?<= )([0-9]{1,2}) h ([0-9]{2})(?![0-9])", re.IGNORECASE)
_OPEN_END: Final = re.compile(rf"([^-\u2010-\u2015]*[0-9]{{3,4}}) ?{_DASH}")
_OPEN_START: Final = re.compile(r"[\u2012-\u2015] ?([0-9]{3,4}|.*[a-z].*[0-9]{4})", re.IGNORECASE)
_DAYS_OF_MONTHS: Final = re.compile(
    rf"([0-9]{{1,2}})\.([0-9]{{1,2}})\. ?{_DASH} ?([0-9]{{1,2}}\.[0-9]{{1,2}}\.)([0-9]{{4}})"
)
_DAYS_WITH_DOTS: Final = re.compile(
    rf"([0-9]{{1,2}})\. ?(?:{_DASH}|/|bis(?: zum)?) ?([0-9]{{1,2}})\. ?([^\W\d_]{{3,}}.*)", re.IGNORECASE
)
_ISO_DAYS: Final = re.compile(r"([0-9]{4}-)([0-9]{2}-)?([0-9]{2})/([0-9]{2})")
_WEEK: Final = re.compile(
    r"(?:week|wk\.?|kw|semaine|semana|settimana|vecka|uge|uke) ?([0-9]{1,2})(?:,| of|/| -)? ?([0-9]{4})|"
    r"([0-9]{4}),? (?:week|wk\.?|kw) ?([0-9]{1,2})",
    re.IGNORECASE,
)
_QUARTER: Final = re.compile(
    r"([0-9]{4})[/ .]?(q[1-4]|h[12])|([1-4])(q)[ /-]?([0-9]{4})|([12])(h)[ /-]?([0-9]{4})", re.IGNORECASE
)
_CENTURY: Final = re.compile(
    r"((?:early|mid|late)[ -]|(?:1st|2nd|3rd|4th|first|second|third|fourth|last) (?:half|third|quarter) )"
    r"(?:of )?(?:the )?(?:c([0-9]{1,2})|([0-9]{1,2})(?:th|st|nd|rd)? ?(?:c|cent)\.?)((?: bce?| ad| ce)?)",
    re.IGNORECASE,
)
"""`late C19`; `C19` alone is more often the number of something."""
_DECADES: Final = re.compile(rf"([0-9]{{2}})([0-9]0)s? ?{_DASH} ?([0-9]0)s")
_OR_LATER: Final = re.compile(
    r"(.*[0-9].*?),? or (?:later|after)|(?:no earlier than|at the earliest) (.+)", re.IGNORECASE
)
_OR_EARLIER: Final = re.compile(
    r"(.*[0-9].*?),? or (?:earlier|before)|(?:not after|no later than|at the latest) (.+)", re.IGNORECASE
)
_AGE: Final = re.compile(
    r"(?:c(?:a|irca)?\.? ?)?([0-9][0-9,.]*) ?(ka|kya|thousand years ago)(?: bp)?|"
    r"([0-9][0-9,]*) ?(?:cal\.? ?)?(bp)",
    re.IGNORECASE,
)
_MILLENNIUM: Final = re.compile(
    r"([0-9]{1,2}|first|second|third|fourth|fifth|sixth)(?:st|nd|rd|th)? millennium(?: (bce?|ad|ce))?",
    re.IGNORECASE,
)
_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth")

_ERAS: Final = {
    "公元前": " BC",
    "紀元前": " BC",
    "西元前": " BC",
    "기원전": " BC",
    "公元": "",
    "西元": "",
    "기원후": "",
}
_ABOUT: Final = ("約", "约", "약 ", "약")
_PART_NAMES: Final = {
    "early": "上旬 初頭 初期 初め 初 초 초반",
    "mid": "中旬 中頃 中期 中叶 中葉 中 중순 중반",
    "late": "下旬 后期 末期 末 말",
    "first half": "前半 전반",
    "second half": "後半 후반",
    "spring": "春 봄",
    "summer": "夏 여름",
    "autumn": "秋 가을",
    "winter": "冬 겨울",
}
_PARTS: Final = {sign: english for english, signs in _PART_NAMES.items() for sign in signs.split()}
_EAST_ASIAN: Final = re.compile(
    r"(?P<number>[0-9]{1,4}) ?"
    r"(?:(?P<century>世[纪紀]|세기)|(?P<decade>年代|년대)|[年년](?: ?(?P<month>[0-9]{1,2}) ?[月월])?)"
    rf" ?(?P<part>{'|'.join(sorted(_PARTS, key=len, reverse=True))})?"
)


def respelt(text: str) -> str:
    """`text` in the spelling of a date that is read; as it is if no other spelling is known."""
    found = _east_asian(text) if not text.isascii() else text
    found = _HOURS.sub(r"\1:\2", _SUFFIX.sub("", _NAMED.sub("", found))).replace(" & ", " and ")
    # `3:00 in the afternoon` is no 3:00.
    found = (found if ":" in found else _PART_OF_DAY.sub(" ", found)).strip()
    for pattern, shape in _SHAPES:
        if (match := pattern.fullmatch(found)) is not None:
            return shape(match)
    return found


def _east_asian(text: str) -> str:
    bare, era, about = text.strip(), "", ""
    for sign in _ABOUT:
        if bare.startswith(sign):
            bare, about = bare.removeprefix(sign).strip(), "about "
    for sign, name in _ERAS.items():
        if bare.startswith(sign):
            bare, era = bare.removeprefix(sign).strip(), name
    match = _EAST_ASIAN.fullmatch(bare)
    if match is None or not (era or about or match["century"] or match["decade"] or match["part"]):
        return text
    number = match["number"]
    if match["century"]:
        number = f"{number} century"
    elif match["decade"]:
        number = f"{number}s"
    elif match["month"]:
        month = int(match["month"])
        number = f"{MONTHS[month - 1]} {number}" if 0 < month < 13 else text
    part = f"{_PARTS[match['part']]} " if match["part"] else ""
    return f"{about}{part}{number}{era}"


def _of_days(match: re.Match[str]) -> str:
    year, month, first, last = match.groups()
    return f"{year}{month or ''}{first}/{year}{month or ''}{last}" if month and last > first else match[0]


def _week(match: re.Match[str]) -> str:
    year, week = (match[2], match[1]) if match[1] else (match[3], match[4])
    return f"{year}-W{week.zfill(2)}"


def _quarter(match: re.Match[str]) -> str:
    if match[1]:
        return f"{match[2]} {match[1]}"
    number, letter, year = match.groups()[2:5] if match[3] else match.groups()[5:]
    return f"{letter}{number} {year}"


def _century(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2] or match[3]} century{match[4]}"


def _age(match: re.Match[str]) -> str:
    if match[4]:
        year = _BEFORE_PRESENT - int(match[3].replace(",", ""))
    else:
        year = _BEFORE_PRESENT - round(float(match[1].replace(",", "").strip(".") or 0) * 1000)
    return f"about {year} AD" if year > 0 else f"about {1 - year} BC"


def _millennium(match: re.Match[str]) -> str:
    word = match[1].lower()
    number = _ORDINALS.index(word) + 1 if word in _ORDINALS else int(word)
    first, last = 1000 * (number - 1) + 1, 1000 * number
    if not number or number > 9:
        return match[0]
    if (match[2] or "").lower().startswith("b"):
        return f"{write_year(1 - last)}/{write_year(1 - first)}"
    return f"{write_year(first)}/{write_year(last)}"


_SHAPES: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]] = (
    (_SPACED_DOTS, lambda match: ".".join(match.groups())),
    (_LAST_DOT, lambda match: match[1]),
    (_OPEN_END, lambda match: f"since {match[1].strip()}"),
    (_OPEN_START, lambda match: f"until {match[1]}"),
    (_DAYS_OF_MONTHS, lambda match: f"{match[1]}.{match[2]}.{match[4]} - {match[3]}{match[4]}"),
    (_DAYS_WITH_DOTS, lambda match: f"{match[1]}-{match[2]} {match[3]}"),
    (_ISO_DAYS, _of_days),
    (_WEEK, _week),
    (_QUARTER, _quarter),
    (_DECADES, lambda match: f"{match[1]}{match[2]}s - {match[1]}{match[3]}s"),
    (_OR_LATER, lambda match: f"not before {match[1] or match[2]}"),
    (_OR_EARLIER, lambda match: f"by {match[1] or match[2]}"),
    (_AGE, _age),
    (_MILLENNIUM, _millennium),
    (_CENTURY, _century),
)
"""The patterns of whole texts, each with what makes the other spelling of a match."""
