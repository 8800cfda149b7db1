"""EventChecks about single events: their dates, sources, words and figures."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final

from timeline_tui.dates.date import END
from timeline_tui.model.figures import parse_figure
from timeline_tui.model.problems import Code, ProblemLog
from timeline_tui.model.records import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline_tui.dates.date import Date
    from timeline_tui.model.records import (
        Claim,
        Header,
        Outcome,
        Quote,
        Record,
        StatementStatusEntry,
        StatusEntry,
        Update,
    )

    _Cites = Event | Quote | Claim | StatusEntry | StatementStatusEntry | Outcome | Update

FIGURES: Final = "write 8000, 8000..10000, ..8000, 8000.. or ~8000"
"""How figures are written, for a hint."""

_PLANS = {"scheduled", "postponed", "cancelled"}
_QUOTE_MARK = re.compile(r'["“„«»「『]')
_QUOTED = re.compile(r'"[^"\n]+"|“[^”\n]+”|„[^“”\n]+[“”]|«[^»\n]+»|»[^«\n]+«|「[^」\n]+」|『[^』\n]+』')


class EventChecks:
    """What is doubtful about single events.

    Args:
        header: Of their timeline.
        today: The day number that past and future are told apart by.
        log: Takes the problems.
    """

    def __init__(self, header: Header, today: int, log: ProblemLog) -> None:
        self._header = header
        self._today = today
        self._log = log

    def check(self, event: Event) -> None:
        """Report what is doubtful about `event`."""
        _status(event, self._today, self._log)
        _early_sources(self._header, event, self._log)
        _retracted(self._header, event, self._log)
        _words(event, self._log)
        for claim in event.claims:
            _claim(self._header, event, claim, self._log)


def valid_until(events: Iterable[Event], today: int) -> int:
    """The first day number on which plans have gone by and other checks about `events` would arise."""
    stale = (event.date.latest + 1 for event in events if event.status == "scheduled")
    begun = (event.date.earliest for event in events if event.status == "confirmed")
    return min((day for day in chain(stale, begun) if day > today), default=END)


def _at(record: Record) -> tuple[int, int]:
    return record.line, record.column


def _status(event: Event, today: int, log: ProblemLog) -> None:
    if event.status == "scheduled" and event.date.latest < today:
        message = f"this is still scheduled, and its date {event.date} is past"
        hint = "write how it went: confirmed, postponed or cancelled"
        log.warning(Code.STALE_PLAN, _at(event), message, hint)
    if event.status == "confirmed" and event.date.earliest > today:
        message = f"this is confirmed, and its date {event.date} is to come"
        log.warning(Code.FUTURE_CONFIRMED, _at(event), message, "write status: scheduled")


def _early_sources(header: Header, event: Event, log: ProblemLog) -> None:
    reports: list[tuple[Event | Quote | Claim, Date | None]] = [(event, None)]
    reports += [(quote, quote.date) for quote in event.quotes]
    reports += [(claim, claim.date) for claim in event.claims]
    for record, said in reports:
        # Of what is only planned, every report is earlier.
        if said is None and event.status in _PLANS:
            continue
        date = said or event.date
        first = _first_day(record, event, date)
        begun = date if event.known is None else min(date, event.known, key=lambda each: each.key)
        for citation in record.sources:
            source = header.sources.get(citation.id)
            if source is None or source.date is None or not source.date.is_before(begun):
                continue
            if source.date.latest < first or source.date.latest == first == begun.earliest:
                message = f"the source {citation.id} ({source.date}) is older than what it reports ({date})"
                hint = "if it was known before, write when under known"
                log.warning(Code.EARLY_SOURCE, _at(record), message, hint)


def _retracted(header: Header, event: Event, log: ProblemLog) -> None:
    """Sources that had been taken back when something first rested on them."""
    for record, known in _resting(event):
        for citation in record.sources:
            source = header.sources.get(citation.id)
            if source is not None and source.retracted is not None and source.retracted.known.latest < known:
                day = source.retracted.known
                message = f"the source {citation.id} was retracted on {day}, before this was known"
                log.warning(Code.RETRACTED_SOURCE, _at(record), message, "it supports nothing here")


def _resting(event: Event) -> Iterator[tuple[_Cites, int]]:
    """What rests on sources, and the first day on which it may have been known."""
    told = _told(event)
    own = event.date.earliest if told is None else told
    yield event, own
    told_in_it: tuple[Quote | Claim, ...] = (*event.quotes, *event.claims)
    for said in told_in_it:
        told = _told(said)
        day = max(own, said.date.earliest) if said.date else own
        yield said, day if told is None else told
        yield from ((entry, entry.known.earliest) for entry in said.statuses if entry.known)
    entries: tuple[StatusEntry | Outcome | Update, ...] = (*event.statuses, *event.outcomes, *event.updates)
    yield from ((entry, entry.known.earliest) for entry in entries if entry.known)


def _told(record: Event | Quote | Claim) -> int | None:
    """The first day on which a record's own words say that it was known; None if they do not."""
    known = record.known if isinstance(record, Event) else None
    if known is None and record.statuses:
        known = record.statuses[0].known
    return None if known is None else known.earliest


def _first_day(record: Event | Quote | Claim, event: Event, date: Date) -> int:
    """The first day on which anybody could report something."""
    moved = event.before_updates.date if event.before_updates is not None else None
    days = (date.earliest, _told(record), _told(event), moved.earliest if moved else None)
    return min(day for day in days if day is not None)


def _words(event: Event, log: ProblemLog) -> None:
    if not event.quotes and _QUOTE_MARK.search(event.text) and _QUOTED.search(event.text):
        message = "the text has quotation marks, and the event has no quote"
        log.warning(Code.UNMARKED_QUOTE, _at(event), message, "write who said it under quotes")
    for quote in event.quotes:
        language = _language(quote.translated_from)
        if language and not any(
            wording.original or _language(wording.language) == language for wording in quote.wordings
        ):
            message = f"this is translated from {quote.translated_from}, and there is no wording in it"
            log.warning(Code.NO_ORIGINAL, _at(quote), message, "write the original under wordings")


def _language(tag: str) -> str:
    return tag.split("-", maxsplit=1)[0].lower()


def _claim(header: Header, event: Event, claim: Claim, log: ProblemLog) -> None:
    topic = header.topics.get(claim.about)
    if topic is not None and topic.unit and parse_figure(claim.value) is None:
        message = f"“{claim.value[:60]}” is no figure, and the topic {claim.about} counts {topic.unit}"
        log.error(Code.NOT_A_FIGURE, _at(claim), message, FIGURES)
    cited = [header.sources.get(citation.id) for citation in claim.sources or event.sources]
    if cited and all(source is not None and source.kind == "satire" for source in cited):
        log.warning(Code.SATIRE_ONLY, _at(claim), "the only source of this claim is satire")
