"""Dates in running text (`24 October`, `the 22nd`, `a week later`), and words that look back on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline_tui.dates.date import BEGINNING, END
from timeline_tui.dates.day_numbers import from_civil, to_civil
from timeline_tui.dates.months import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTH = "|".join(["Sept", *(f"{name[:3]}(?:{name[3:]})?" if name[3:] else name for name in MONTHS)])
_MONTH_NUMBERS: Final = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
_YEAR = r"(?:1[0-9]|20)[0-9]{2}"
_COUNTS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10,
}  # fmt: skip
_DAYS_IN: Final = {"week": 7, "month": 28, "year": 365}
"""The least number of days in a unit; every other unit is counted as one day."""
_PREPOSITION = (
    "in|of|on|since|by|until|till|from|before|after|to|during|early|late|mid|through|and|or|this|last|for|end"
)
_AFTER_DAY = "and|or|to|that|in|at|on|by|with|when|he|she|it|they"
"""What may follow *the 22nd* where that is a day; *the 22nd parallel* is none."""
_LOOKING_BACK = (
    r"later(?!\ (?:that|the\ same|on\ the\ same|in\ the)\ (?:day|evening|morning|night|afternoon)|\ than)"
    r"|(?:the|its|his|her|their|was|were)\ then[-\ ][a-zA-Z]+|(?:by|until|back)\ then|then-[a-z]+"
    r"|at\ (?:the|that)\ time(?!\ of)|eventually|in\ the\ end|ultimately|subsequently|afterwards"
    r"|in\ (?:hindsight|retrospect)|turn(?:s|ed)\ out|at\ first(?!\ (?:sight|glance|hand))|initially"
    r"|(?:still|yet)\ to\ come|would\ (?:later|soon|become|go\ on|prove|turn\ out|eventually|never)"
    r"|(?:has|have|had)\ since|soon\ after(?:wards)?|to\ this\ day|years\ on"
)
_MENTION = re.compile(
    rf"""(?<![\w-])(?:
    (?P<iso>{_YEAR}-[0-9]{{2}}(?:-[0-9]{{2}})?)(?![\w-])
    |(?:[0-9]{{1,2}}(?:st|nd|rd|th)?(?:\ (?:and|or|to)\ |\ ?[-–/]\ ?))?
        (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\ (?:of\ )?(?P<month>{_MONTH})\b\.?(?:,?\ (?P<year>{_YEAR})\b)?
    |(?P<month2>{_MONTH})\.?\ (?:(?P<day2>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9])(?:,?\ (?P<year2>{_YEAR})\b)?
        |(?:of\ )?(?P<year3>{_YEAR})\b)
    |(?:{_PREPOSITION})[-\ ](?:
        (?P<month3>{_MONTH})\b(?!\.?,?\ (?:of\ )?[0-9])|(?P<year4>{_YEAR})\b(?![,.]?[0-9]|\ ?%))
    |\((?P<year5>{_YEAR})\)
    |(?:the|on|and)\ (?P<nth>[0-9]{{1,2}})(?:st|nd|rd|th)(?=[.,;:)]|$|\ (?:{_AFTER_DAY})\b)
    |the\ (?:next|following)\ (?P<next>day|morning|evening|night|week|month|year)\b
    |(?P<count>(?i:{"|".join(_COUNTS)})|[0-9]{{1,3}})\ (?P<unit>day|week|month|year)s?\ (?:later|afterwards)\b
    |(?P<words>(?i:{_LOOKING_BACK}))(?![\w-])
    )""",
    re.VERBOSE,
)
_PIECES = re.compile(
    r"[\s(](?:a(?:fterwards|t first)|eventual|in(?:itial| (?:the end|hindsight|retro))|later"
    r"|s(?:ince|oon after|ubseq)|t(?:h(?:en|at time|e (?:time|next|following))|o (?:come|this day))"
    r"|turn(?:s|ed) out|ultimate|would|years on)"
)
"""Where `_MENTION` matches, one of three cheaper patterns does: this one (in the text in lower case),
`_FIGURES` or `_MONTHS_ALONE`."""
_FIGURES = re.compile(r"[0-9](?:[0-9]{3}|st|nd|rd|th)")
_MONTHS_ALONE = re.compile(rf"(?:{_MONTH})\b")
_QUOTED = re.compile(r'"[^"\n]+"|“[^”\n]+”|„[^“”\n]+[“”]|«[^»\n]+»|»[^«\n]+«')
_PLANNED = re.compile(
    r"\b(?:will|shall|(?:is|are|was|were|yet|still|not) to [a-z]+|to be|plan\w*|schedul\w*|expect\w*|due"
    r"|set (?:for|to|on)|deadline|announc\w*|fore(?:s[ae]\w+|cast\w*|tells?|told)|intend\w*|upcoming|coming"
    r"|hop(?:es?|ed|ing)|promis\w*|predict\w*|invit\w*|propos\w*|ahead of|eve of|wants?|may|might|could"
    r"|would|before|until|(?:call|ask|urge|press)(?:s|ed)? for|demand\w*|ready|end(?:s|ing)|expir\w+"
    r"|lapses?)\b",
    re.IGNORECASE,
)
_PLANNED_FOR = re.compile(
    r"[ ,]*(?:the [a-z]+ )?(?:will|shall|is to|are to|deadline|is (?:due|set|planned|scheduled|expected))\b"
)
_SENTENCE_END = re.compile(r"[.!?;](?:\s|$)|\n")
_ENDED = re.compile(r"(?<!\w)(?:former(?:ly)?|ex-\w+|the late|then|outgoing|until|till)(?!\w)", re.IGNORECASE)


class Mention(NamedTuple):
    """Words of a text that mean days, or look back on the day of the text."""

    words: str
    first: int
    """The first day that they mean; `END` for words that look back and carry no date."""
    last: int
    is_plan: bool
    """Whether their sentence says that something is to come: it announces, plans, expects."""
    is_relative: bool
    """Whether the days are counted from others: *a week later*."""


def without_quotations(text: str) -> str:
    """A text with a space for each character that stands between quotation marks."""
    return _QUOTED.sub(lambda match: " " * len(match[0]), text)


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return _SENTENCE_END.split(text)


def may_mention(text: str) -> bool:
    """Whether a text may have a date or words that look back; quick, and never wrong where it says no."""
    return (
        _FIGURES.search(text) is not None
        or _MONTHS_ALONE.search(text) is not None
        or _PIECES.search(f"\n{text.lower()}") is not None
    )


def end_of_role(text: str) -> str:
    """The word of a role that says it has ended or is to end: *former*, *then*, *until*; mostly empty."""
    found = _ENDED.search(text)
    return found[0] if found else ""


def mentions(text: str, start: int) -> Iterator[Mention]:
    """The dates of a text, in English or as `2024-11-06`, and the words that look back.

    A date without a year takes the one named before it, else that of `start`; *the next day* is counted from
    the day named before it, else from `start`.

    Args:
        text: Plain text or Markdown.
        start: The first day of what the text is about; `BEGINNING` if that is not known.
    """
    base = 0 if start in (BEGINNING, END) else start
    year = to_civil(base)[0] if base else 0
    for match in _MENTION.finditer(text):
        if match["words"]:
            yield Mention(match[0], END, END, is_plan=False, is_relative=False)
            continue
        days = _days(match, year, base)
        if days is None:
            continue
        base = days[0]
        if any(match[name] for name in ("iso", "year", "year2", "year3", "year4", "year5")):
            year = to_civil(base)[0]
        is_relative = bool(match["next"] or match["count"])
        yield Mention(match[0].strip("()."), *days, _is_plan(text, match), is_relative)


def _is_plan(text: str, match: re.Match[str]) -> bool:
    """Whether the words before a date, or right after it, say that it is one to come."""
    start = max((end.end() for end in _SENTENCE_END.finditer(text, 0, match.start())), default=0)
    return bool(_PLANNED.search(text, start, match.start()) or _PLANNED_FOR.match(text, match.end()))


def _days(match: re.Match[str], year: int, base: int) -> tuple[int, int] | None:
    """The first and the last day that a match means; None if that cannot be told or there are none."""
    if match["next"] or match["count"]:
        return _relative(match, base) if base else None
    if match["iso"]:
        return _span(*map(int, match["iso"].split("-")))
    if match["nth"]:
        return _span(*to_civil(base)[:2], int(match["nth"])) if base else None
    month = match["month"] or match["month2"] or match["month3"]
    year = int(match["year"] or match["year2"] or match["year3"] or match["year4"] or match["year5"] or year)
    return _span(year, _MONTH_NUMBERS[month[:3]] if month else 0, int(match["day"] or match["day2"] or 0))


def _relative(match: re.Match[str], base: int) -> tuple[int, int]:
    count = (match["count"] or "one").lower()
    number = _COUNTS.get(count) or int(count)
    day = base + number * _DAYS_IN.get(match["next"] or match["unit"], 1)
    return day, day


def _span(year: int, month: int = 0, day: int = 0) -> tuple[int, int] | None:
    if not year or month > 12:
        return None
    if not month:
        return from_civil(year, 1, 1), from_civil(year, 12, 31)
    first, last = from_civil(year, month, 1), from_civil(year + month // 12, month % 12 + 1, 1) - 1
    if not day:
        return first, last
    return (first + day - 1,) * 2 if first + day - 1 <= last else None
