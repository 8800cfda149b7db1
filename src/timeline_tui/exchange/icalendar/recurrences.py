"""The further occurrences of entries that repeat, within the span of the rest of a file.

The rules are followed by `recurring-ical-events`, an extra; without it, repeating entries are counted.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import BEGINNING, END, parse_date
from timeline_tui.exchange.icalendar.components import BROKEN, moment_of, text_of_property, values_of
from timeline_tui.exchange.icalendar.dates import edtf_between

if TYPE_CHECKING:
    from collections.abc import Iterator

    from icalendar import Component

MOST = 1_000
"""The most occurrences of all entries of a file that become events."""
NOT_FOLLOWED = "recurrences that are not followed (install timeline-tui[formats] to read them)"
ENDLESS = "occurrences beyond the dates of the file, or beyond the first 1,000"
_LONGEST_SERIES = 100_000
_PER_WINDOW = 200
_RARER = 5
"""How much rarer the parts of a rule that choose days can make its occurrences: 29 February."""
_DAYS = {
    "SECONDLY": 1 / 86_400, "MINUTELY": 1 / 1440, "HOURLY": 1 / 24, "DAILY": 1.0, "WEEKLY": 7.0,
    "MONTHLY": 31.0, "YEARLY": 366.0,
}  # fmt: skip


class Repeating(NamedTuple):
    """An entry with a rule, and the event of its first occurrence."""

    component: Component
    event: dict[str, object]
    line: int


class Series:
    """The entries of a file that repeat."""

    def __init__(self) -> None:
        self._repeating: list[Repeating] = []
        self._overrides: dict[str, list[Component]] = defaultdict(list)
        self._last = 0
        """The last day of all events that have one."""
        self.left = 0
        """How many entries have occurrences that are not among the events."""
        self.is_followed = find_spec("recurring_ical_events") is not None
        """Whether the rules can be followed."""

    def take(self, component: Component, event: dict[str, object], line: int) -> None:
        """Remember an entry if it repeats, or if it replaces an occurrence of another."""
        day = parse_date(str(event["date"]))
        if BEGINNING < day.latest < END:
            self._last = max(self._last, day.latest)
        if values_of(component, "RRULE") or values_of(component, "RDATE"):
            self._repeating.append(Repeating(component, event, line))
        elif values_of(component, "RECURRENCE-ID"):
            self._overrides[text_of_property(component, "UID")].append(component)

    def events(self) -> Iterator[tuple[dict[str, object], int]]:
        """The events of further occurrences with their lines, in the span of all events of the file."""
        if not self.is_followed:
            self.left = len(self._repeating)
            return
        count = 0
        for each in self._repeating:
            for edtf in self._dates(each, self._last):
                if count == MOST:
                    self.left += 1
                    break
                count += 1
                yield _again(each.event, edtf), each.line

    def _dates(self, each: Repeating, last: int) -> Iterator[str]:
        """The dates of the occurrences after the first one; of an endless rule, up to a day."""
        overridden = {moment_of(one, "RECURRENCE-ID") for one in self._overrides[_uid(each)]}
        first = moment_of(each.component, "DTSTART")
        if first is None:
            return
        bound = _bound(each.component, first, last)
        if bound is None:
            self.left += 1
            return
        self.left += _is_endless(each.component)
        for found in _occurrences(each.component, first, bound):
            start = moment_of(found, "DTSTART")
            if start is None or start == first or start in overridden:
                continue
            yield edtf_between(start, _end_of(found)) or edtf_between(start, None)


def _uid(each: Repeating) -> str:
    return text_of_property(each.component, "UID")


def _rule(component: Component) -> tuple[float, int, object]:
    """Days between two occurrences of the first rule, their number (0 if it is open) and its last day."""
    rule = next((rule for rule in values_of(component, "RRULE") if isinstance(rule, dict)), None)
    if rule is None:
        return 0, 0, None
    days = _DAYS.get(str(_only(rule.get("FREQ"))).upper(), 1.0)
    interval, count = (int(str(_only(rule.get(name)) or 0)) for name in ("INTERVAL", "COUNT"))
    rarer = _RARER if any(str(name).startswith("BY") for name in rule) and days >= 1 else 1
    return days * max(interval, 1) * rarer, count, _only(rule.get("UNTIL"))


def _only(value: object) -> object:
    return next(iter(value), None) if isinstance(value, list) else value


def _bound(component: Component, first: date, last: int) -> int | None:
    """The last day up to which occurrences are looked for; None if there would be far too many."""
    start = first.toordinal()
    try:
        days, count, until = _rule(component)
    except ValueError:
        return None
    ends = [at.toordinal() for at in map(_day_of, values_of(component, "RDATE")) if at is not None]
    if days:
        if isinstance(until, date):
            ends.append(until.toordinal())
        else:
            ends.append(int(start + days * count) + 1 if count else last)
    bound = min(max(ends, default=last), date.max.toordinal() - 1)
    if 0 < days < 1 and (bound - start) / days > _LONGEST_SERIES:
        return None
    return bound


def _day_of(dates: object) -> date | None:
    """The last day of the values of an RDATE."""
    found = [getattr(one, "dt", None) for one in getattr(dates, "dts", ())]
    days = [at[0] if isinstance(at, tuple) else at for at in found]
    return max((at for at in days if isinstance(at, date)), key=date.toordinal, default=None)


def _occurrences(component: Component, first: date, bound: int) -> Iterator[Component]:
    """All occurrences up to a day, looked for in windows, so that no more are made than are taken."""
    import recurring_ical_events  # noqa: PLC0415  an extra, for such entries alone
    from icalendar import Calendar  # noqa: PLC0415  takes 80 ms, which nothing else should wait for

    calendar = Calendar()
    calendar.add_component(component)
    try:
        series = recurring_ical_events.of(calendar, components=[str(component.name)], skip_bad_series=True)
        day, seen = first.toordinal(), set[object]()
        width = max(1, int(_rule(component)[0] * _PER_WINDOW))
        while day <= bound:
            end = min(day + width, bound + 1)
            found = series.between(date.fromordinal(day), date.fromordinal(end))
            for one in sorted(found, key=lambda each: str(moment_of(each, "DTSTART"))):
                start = moment_of(one, "DTSTART")
                if start not in seen:
                    seen.add(start)
                    yield one
            day = end
            width *= 2
            if end > bound:
                return
    except BROKEN:
        return


def _end_of(component: Component) -> date | None:
    return moment_of(component, "DTEND") or moment_of(component, "DUE")


def _is_endless(component: Component) -> bool:
    rules = values_of(component, "RRULE")
    return any(isinstance(rule, dict) and not ({"COUNT", "UNTIL"} & rule.keys()) for rule in rules)


def _again(event: dict[str, object], edtf: str) -> dict[str, object]:
    """The event of a further occurrence."""
    without = ("id", "rrule", "rdate", "exdate", "exrule", "links", "ics-links")
    return {**{name: value for name, value in event.items() if name not in without}, "date": edtf}
