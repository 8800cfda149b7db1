"""Doubts about single events: their dates, sources, words and figures."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from timeline_tui.dates.date import END
from timeline_tui.model.figures import parse_figure
from timeline_tui.model.problem_log import Code, Faults

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline_tui.dates.date import Date
    from timeline_tui.model.records import Claim, Event, Header, Quote, Record

_PLANS = {"scheduled", "postponed", "cancelled"}
_QUOTE_MARK = re.compile(r'["“„«»「『]')
_QUOTED = re.compile(r'"[^"\n]+"|“[^”\n]+”|„[^“”\n]+[“”]|«[^»\n]+»|»[^«\n]+«|「[^」\n]+」|『[^』\n]+』')


class Doubts:
    """What is doubtful about single events.

    Args:
        header: Of their timeline.
        today: The day number that past and future are told apart by.
        faults: Takes the problems.
    """

    def __init__(self, header: Header, today: int, faults: Faults) -> None:
        self._header = header
        self._today = today
        self._faults = faults

    def meet(self, event: Event) -> None:
        """Report what is doubtful about `event`."""
        _status(event, self._today, self._faults)
        _early_sources(self._header, event, self._faults)
        _words(event, self._faults)
        for claim in event.claims:
            _claim(self._header, event, claim, self._faults)


def holds_until(events: Iterable[Event], today: int) -> int:
    """The first day number on which plans have gone by and other doubts about `events` would arise."""
    stale = (event.date.latest + 1 for event in events if event.status == "scheduled")
    begun = (event.date.earliest for event in events if event.status == "confirmed")
    return min((day for day in chain(stale, begun) if day > today), default=END)


def _at(record: Record) -> tuple[int, int]:
    return record.line, record.column


def _status(event: Event, today: int, faults: Faults) -> None:
    if event.status == "scheduled" and event.date.latest < today:
        message = f"this is still scheduled, and its date {event.date} is past"
        hint = "write how it went: confirmed, postponed or cancelled"
        faults.warning(Code.STALE_PLAN, _at(event), message, hint)
    if event.status == "confirmed" and event.date.earliest > today:
        message = f"this is confirmed, and its date {event.date} is to come"
        faults.warning(Code.FUTURE_CONFIRMED, _at(event), message, "write status: scheduled")


def _early_sources(header: Header, event: Event, faults: Faults) -> None:
    reports: list[tuple[Event | Quote | Claim, Date | None]] = [(event, None)]
    reports += [(quote, quote.date) for quote in event.quotes]
    reports += [(claim, claim.date) for claim in event.claims]
    for record, said in reports:
        # Of what is only planned, every report is earlier.
        if said is None and event.status in _PLANS:
            continue
        date = said or event.date
        begun = date if event.known is None else min(date, event.known, key=lambda each: each.key)
        for citation in record.sources:
            source = header.sources.get(citation.id)
            if source is not None and source.date is not None and source.date.is_before(begun):
                message = f"the source {citation.id} ({source.date}) is older than what it reports ({date})"
                hint = "if it was known before, write when under known"
                faults.warning(Code.EARLY_SOURCE, _at(record), message, hint)


def _words(event: Event, faults: Faults) -> None:
    if not event.quotes and _QUOTE_MARK.search(event.text) and _QUOTED.search(event.text):
        message = "the text has quotation marks, and the event has no quote"
        faults.warning(Code.UNMARKED_QUOTE, _at(event), message, "write who said it under quotes")
    for quote in event.quotes:
        language = _language(quote.translated_from)
        if language and not any(_language(wording.language) == language for wording in quote.wordings):
            message = f"this is translated from {quote.translated_from}, and there is no wording in it"
            faults.warning(Code.NO_ORIGINAL, _at(quote), message, "write the original under wordings")


def _language(tag: str) -> str:
    return tag.split("-", maxsplit=1)[0].lower()


def _claim(header: Header, event: Event, claim: Claim, faults: Faults) -> None:
    topic = header.topics.get(claim.about)
    if topic is not None and topic.unit and parse_figure(claim.value) is None:
        message = f"“{claim.value[:60]}” is no figure, and the topic {claim.about} counts {topic.unit}"
        faults.error(
            Code.NOT_A_FIGURE, _at(claim), message, "write 8000, 8000..10000, ..8000, 8000.. or ~8000"
        )
    cited = [header.sources.get(citation.id) for citation in claim.sources or event.sources]
    if cited and all(source is not None and source.kind == "satire" for source in cited):
        faults.warning(Code.SATIRE_ONLY, _at(claim), "the only source of this claim is satire")
