"""What of an event was known on a day, by the rules of `docs/format.md`, section *As known on a date*.

A date that is not known to the day counts from the first day that it may mean. Days are day numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from timeline_tui.dates.date import BEGINNING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline_tui.dates.date import Date
    from timeline_tui.model.records import Citation, Claim, Event, Quote, Source

NewsKind = Literal["event", "plan", "came", "quote", "claim", "source"]
"""What may become known: an event, another date planned for it, that it took place, words and figures;
and what it is read from."""


class Plan(NamedTuple):
    """A date that an event had or was to have, and the day from which that was known."""

    announced: int
    date: Date


def plans(event: Event) -> list[Plan]:
    """The dates planned for an event, in the order of their announcement; the last is its own."""
    own = (event.known or event.date).earliest
    if not event.postponed:
        return [Plan(own, event.date)]
    first, *others = event.postponed
    # What has a day of its own in the file is public by then, whatever its plans say.
    found = [Plan(min(own, (first.known or event.known or first.date).earliest), first.date)]
    known = _last_known(event, found[0].announced)
    latest = event.date.earliest if known is None else known
    later = [(plan.date, None if plan.known is None else plan.known.earliest) for plan in others]
    for date, told in [*later, (event.date, known)]:
        before = found[-1]
        # Where it is not told when a new date was announced: at the latest when the old one had passed.
        announced = min(date.earliest, before.date.latest + 1) if told is None else told
        found.append(Plan(max(min(announced, latest), before.announced), date))
    return found


def _last_known(event: Event, first: int) -> int | None:
    """When the last date of an event was announced; None if `known` is that of the event, since `first`."""
    told = [plan.known.earliest for plan in event.postponed if plan.known is not None]
    known = first if event.known is None else event.known.earliest
    return known if known > max([first, *told]) else None


def published(sources: Mapping[str, Source]) -> dict[str, int]:
    """The day from which each source can be cited, by its id."""
    return {
        id_: BEGINNING if source.date is None else source.date.earliest for id_, source in sources.items()
    }


def news(event: Event, days: Mapping[str, int]) -> Iterator[tuple[int, NewsKind]]:
    """What became known of an event and when; of sources, only that they came later than the event.

    `days` are those of `published()`.
    """
    dates = plans(event)
    known, came = dates[0].announced, _came(event, dates)
    yield known, "event"
    for plan in dates[1:]:
        yield plan.announced, "plan"
    if came > known:
        yield came, "came"
    for quote in event.quotes:
        yield _said(quote, known, came), "quote"
    for claim in event.claims:
        yield _said(claim, known, came), "claim"
    late = {day for citation in _citations(event) if (day := days.get(citation.id, BEGINNING)) > known}
    for day in late:
        yield day, "source"


def as_known(event: Event, day: int, days: Mapping[str, int]) -> Event:
    """An event that was known by `day` as it stood then.

    `days` are those of `published()`.
    """
    dates = plans(event)
    number = max((number for number, plan in enumerate(dates) if plan.announced <= day), default=0)
    is_last = number == len(dates) - 1
    date, known, came = dates[number].date, dates[0].announced, _came(event, dates)
    is_ahead = date.earliest > day or not is_last
    return msgspec.structs.replace(
        event,
        date=date,
        status="scheduled" if is_ahead else event.status,
        outcome="" if is_ahead else event.outcome,
        known=event.known if is_last or (event.known and event.known.earliest <= day) else None,
        postponed=event.postponed[:number],
        sources=_by(event.sources, day, days),
        quotes=tuple(
            _quote_by(quote, day, days) for quote in event.quotes if _said(quote, known, came) <= day
        ),
        claims=tuple(
            msgspec.structs.replace(claim, sources=_by(claim.sources, day, days))
            for claim in event.claims
            if _said(claim, known, came) <= day
        ),
    )


def _came(event: Event, dates: list[Plan]) -> int:
    """The day from which it was known that an event had come; `dates` are its plans."""
    return max(event.date.earliest, dates[-1].announced)


def _said(said: Quote | Claim, known: int, came: int) -> int:
    """What is said on a day is not known before that day, nor before the event that it belongs to.

    What has no day of its own was said when the event came.
    """
    return came if said.date is None else max(known, said.date.earliest)


def _quote_by(quote: Quote, day: int, days: Mapping[str, int]) -> Quote:
    wordings = tuple(
        msgspec.structs.replace(wording, sources=cited)
        for wording in quote.wordings
        # Words are those of who prints them: printed later, they were not there.
        if (cited := _by(wording.sources, day, days)) or not wording.sources
    )
    return msgspec.structs.replace(quote, sources=_by(quote.sources, day, days), wordings=wordings)


def _by(citations: tuple[Citation, ...], day: int, days: Mapping[str, int]) -> tuple[Citation, ...]:
    return tuple(citation for citation in citations if days.get(citation.id, BEGINNING) <= day)


def _citations(event: Event) -> Iterator[Citation]:
    yield from event.sources
    for quote in event.quotes:
        yield from quote.sources
        for wording in quote.wordings:
            yield from wording.sources
    for claim in event.claims:
        yield from claim.sources
