"""The components of a calendar file, and the values of their properties as plain data."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from icalendar import Component

KINDS = {"VEVENT": "", "VTODO": "task", "VJOURNAL": "journal"}
"""Components that are imported, and the kind of their events."""
BROKEN = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, OSError, RecursionError)
"""The exceptions of the package for invalid calendars."""

_BEGIN = re.compile(r"\s*BEGIN\s*:\s*([A-Za-z0-9-]+)\s*\Z", re.IGNORECASE)
_END = re.compile(r"\s*END\s*:\s*([A-Za-z0-9-]+)\s*\Z", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\\;,nN])")


def blocks(
    lines: Iterable[str], outside: Callable[[str, bool], None]
) -> Iterator[tuple[int, str, list[str]]]:
    """The components of calendars: first line, name, lines.

    Args:
        lines: Of the file.
        outside: Called for each line outside of them, with whether it begins or ends a calendar.
    """
    block: list[str] = []
    inner: list[str] = []
    begun = 0
    for number, line in enumerate(lines, start=1):
        begin, end = _BEGIN.match(line), _END.match(line)
        if not inner:
            name = begin[1].upper() if begin else ""
            if begin and name != "VCALENDAR":
                inner, block, begun = [name], [line], number
            else:
                outside(line, begin is not None or end is not None)
            continue
        if begin and begin[1].upper() in (*KINDS, "VCALENDAR"):
            # The component before has no END line.
            yield begun, inner[0], block
            inner, block, begun = (
                ([begin[1].upper()], [line], number) if begin[1].upper() in KINDS else ([], [], 0)
            )
            continue
        block.append(line)
        if begin:
            inner.append(begin[1].upper())
        elif end and end[1].upper() in inner:
            del inner[inner.index(end[1].upper()) :]
            if not inner:
                yield begun, _name(block), block
    if inner:
        yield begun, inner[0], [*block, ""]


def _name(block: list[str]) -> str:
    match = _BEGIN.match(block[0])
    return match[1].upper() if match else ""


def values_of(component: Component, name: str) -> list[object]:
    """All values of a property."""
    found = component.get(name)
    return found if isinstance(found, list) else [] if found is None else [found]


def text_of_property(component: Component, name: str) -> str:
    """The text of the first property of that name; empty if there is none."""
    for value in values_of(component, name):
        return unescaped(value)
    return ""


def unescaped(value: object) -> str:
    """A value as text, without escapes."""
    from icalendar import vText  # noqa: PLC0415  as in `Reader._parsed()`

    if isinstance(value, vText):
        return str(value)
    try:
        written = value if isinstance(value, str) else getattr(value, "to_ical", value.__str__)()
    except BROKEN:
        written = value
    text = written.decode("utf-8", "replace") if isinstance(written, bytes) else str(written)
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], text)


def part_of(value: object, name: str) -> object:
    """An attribute of a value; None if it has none or could not be parsed."""
    try:
        return getattr(value, name, None)
    except BROKEN:
        return None


def parameters(value: object) -> dict[str, object]:
    """The parameters of a value."""
    found = part_of(value, "params")
    return dict(found) if isinstance(found, dict) else {}


def moment_of(component: Component, name: str) -> date | None:
    """The date or time of a property; None if it has none or cannot be read."""
    for value in values_of(component, name):
        at = part_of(value, "dt")
        if isinstance(at, date):
            return at
    return None


def later(start: date, lasts: timedelta) -> date | None:
    """The end of a duration; None beyond the year 9999."""
    try:
        return start + lasts
    except OverflowError:
        return None


def categories(component: Component) -> list[object]:
    """All categories of an entry, which may be on several lines."""
    found: list[object] = []
    for value in values_of(component, "CATEGORIES"):
        cats = part_of(value, "cats")
        found += cats if isinstance(cats, list) else [value]
    return found
