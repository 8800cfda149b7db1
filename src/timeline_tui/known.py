"""What of an event was known on a day, by the rules of `docs/format.md`, section *As known on a date*.

A date that is not known to the day counts from the first day that it may mean. Days are day numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from timeline_tui.dates import BEGINNING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline_tui.dates import Date
    from timeline_tui.records import Citation, Claim, Event, Quote, Source

NewsKind = Literal["event", "plan", "came", "quote", "claim", "source"]
"""What may become known: an event, another date planned for it, that it took place, words and figures;
and what it is read from."""


class Plan(NamedTuple):
    """A date that an event had or was to have, and the day from which that was known."""

    announced: int
    date: Date


def plans(event: Event) -> list[Plan]:
    """The dates planned for an event, in the order of their announcement; the last is its own."""
    own = event.date if event.known is None else event.known
    if not event.postponed:
        return [Plan(own.earliest, event.date)]
    known = None if event.known is None else event.known.earliest
    found: list[Plan] = []
    for plan in event.postponed:
        announced = plan.date.earliest if plan.known is None else plan.known.earliest
        if not found and known is not None and (plan.known is None or known < announced):
            announced = known
        found.append(Plan(max(announced, found[-1].announced) if found else announced, plan.date))
    last = found[-1]
    if known is None or known <= last.announced:
        # When the new date was announced is not told: at the latest when the old one had passed.
        known = max(min(event.date.earliest, last.date.latest + 1), last.announced)
    return [*found, Plan(known, event.date)]


def first_known(event: Event) -> int:
    """The day on which an event first became public."""
    return plans(event)[0].announced


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
    known = dates[0].announced
    yield known, "event"
    for plan in dates[1:]:
        yield plan.announced, "plan"
    if event.date.earliest > known:
        yield event.date.earliest, "came"
    for quote in event.quotes:
        yield _said(event, quote, known), "quote"
    for claim in event.claims:
        yield _said(event, claim, known), "claim"
    late = {day for citation in _citations(event) if (day := days.get(citation.id, BEGINNING)) > known}
    for day in late:
        yield day, "source"


def as_known(event: Event, day: int, days: Mapping[str, int]) -> Event:
    """An event that was known by `day` as it stood then.

    `days` are those of `published()`.
    """
    dates = plans(event)
    number = max((number for number, plan in enumerate(dates) if plan.announced <= day), default=0)
    date, known = dates[number].date, dates[0].announced
    is_ahead = date.earliest > day or number < len(dates) - 1
    return msgspec.structs.replace(
        event,
        date=date,
        status="scheduled" if is_ahead else event.status,
        outcome="" if is_ahead else event.outcome,
        known=None if event.known is None or event.known.earliest > day else event.known,
        postponed=event.postponed[:number],
        sources=_by(event.sources, day, days),
        quotes=tuple(
            _quote_by(quote, day, days) for quote in event.quotes if _said(event, quote, known) <= day
        ),
        claims=tuple(
            msgspec.structs.replace(claim, sources=_by(claim.sources, day, days))
            for claim in event.claims
            if _said(event, claim, known) <= day
        ),
    )


def _said(event: Event, said: Quote | Claim, known: int) -> int:
    """What is said on a day is not known before that day, nor before the event that it belongs to."""
    return max(known, (said.date or event.date).earliest)


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
