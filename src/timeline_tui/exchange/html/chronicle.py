"""The events of a page by year and month, each where it stood on each day."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import parse_date
from timeline_tui.exchange import report_text
from timeline_tui.exchange.html.context import machine_date
from timeline_tui.exchange.html.events import event_pieces
from timeline_tui.exchange.html.figures import since_1970
from timeline_tui.exchange.html.pieces import Dated, Piece, Version, dated, headed, holding
from timeline_tui.exchange.html.prose import line
from timeline_tui.exchange.html_markup import Html, html

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.dates.date import Date
    from timeline_tui.exchange.html.clock import Clock
    from timeline_tui.exchange.html.context import PageContext
    from timeline_tui.exchange.report_text import Period


class _Place(NamedTuple):
    """The place of an event in the list."""

    order: tuple[int, bool, int]
    period: Period

    @property
    def day(self) -> int:
        """The day number that the event is on."""
        return self.order[0]


class _Entry(NamedTuple):
    """An event at one place in the list, for as long as it has that place."""

    place: _Place
    article: Dated


class Year(NamedTuple):
    """A year of the list; it comes again after a season that began in it."""

    name: str
    number: int
    """From 1; 0 where the year has come before."""
    section: Dated


def years(clock: Clock, context: PageContext) -> list[Year]:
    """The events of the page by year; an event whose date changes is in several years."""
    entries = sorted(_entries(clock, context), key=lambda entry: entry.place.order)
    numbers: dict[str, int] = {}
    found: list[Year] = []
    for name, group_ in groupby(entries, key=lambda entry: entry.place.period.year):
        number = 0 if name in numbers else numbers.setdefault(name, len(numbers) + 1)
        id_ = html(' id="year_{}"', number) if number else html("")
        parts = headed(Piece("h2", line(name), id_), _months(list(group_)))
        found.append(Year(name, number, holding(Piece("section", ()), parts)))
    return found


def _months(entries: Sequence[_Entry]) -> list[Dated]:
    """The events of a year: in a section for each month, unless they are not known to the month."""
    found: list[Dated] = []
    for month, group_ in groupby(entries, key=lambda entry: entry.place.period.month):
        articles = [entry.article for entry in group_]
        if not month:
            found += articles
            continue
        parts = headed(Piece("h3", line(month)), articles)
        found.append(holding(Piece("section", ()), parts))
    return found


def _entries(clock: Clock, context: PageContext) -> Iterator[_Entry]:
    """Each event, once for each place that it ever has; the last of these has its id."""
    for key in context.view.keys:
        contexts = [(clock.step(day), at) for day, at in clock.contexts(key)]
        places = [(step, at, _place(at, key)) for step, at in contexts]
        runs = [list(run) for _, run in groupby(places, key=lambda each: (each[2].day, each[2].period))]
        ends = [*(run[0][0] for run in runs[1:]), clock.end]
        for number, (run, end) in enumerate(zip(runs, ends, strict=True)):
            if run[0][0] >= end:
                continue
            place = run[-1][2]
            level = 4 if place.period.month else 3
            versions = [Version(step, tuple(event_pieces(at, key, level))) for step, at, _ in run]
            kept = [version for version in versions if version.step < end]
            anchor = context.page.anchor(key)
            id_ = html(' id="{}"' if number == len(runs) - 1 else ' data-id="{}"', anchor)
            attributes = html("{}{}", id_, _day(place.day, run[-1][1].view.event(key).date))
            yield _Entry(place, holding(Piece("article", (), attributes), dated(kept, end)))


def _day(day: int, date: Date) -> Html:
    """The attribute with the day since 1970 of an event in pictures, if its date does not give that."""
    machine = machine_date(date)[:10]
    told = bool(machine) and parse_date(machine).earliest == day
    return Html() if told else html(' data-d="{}"', since_1970(day))


def _place(context: PageContext, key: int) -> _Place:
    return _Place(context.view.sort_key(key), report_text.period(context.view.event(key).date))
