"""Times of day and zones beside the dates of other people's files."""

from __future__ import annotations

import re
from typing import NamedTuple

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
    """A text without the time of day that stood in it."""

    rest: str
    time: str
    """As EDTF has it behind the T: `10:30`, `10:30:00+02:00`; empty if there is none."""


def take_time(text: str) -> Timed:
    """Take the time of day out of a text; one that no clock shows stays where it is."""
    text = _BASIC.sub(lambda m: f"{m[1]}-{m[2]}-{m[3]} {m[4]}:{m[5]}:{m[6] or '00'}", text)
    for pattern in _TIMES:
        if (match := pattern.search(text)) is not None:
            time = _written(match)
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


def _written(match: re.Match[str]) -> str:
    parts = match.groupdict()
    hour, minute = int(parts["hour"]), parts.get("minute") or "00"
    if parts["half"]:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if parts["half"].lower() == "p" else 0)
    second = parts.get("second")
    if hour > 23 or int(minute) > 59 or int(second or 0) > 59:
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
