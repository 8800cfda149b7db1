"""Checks of single events against the rest of the timeline: dates, sources, quotation marks, numbers."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final

from timeline_tui.dates.date import END
from timeline_tui.model.figures import parse_figure
from timeline_tui.model.histories import CLAIMING, day_known
from timeline_tui.model.problems import Code, ProblemLog

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline_tui.dates.date import Date
    from timeline_tui.model.records import (
        Claim,
        Event,
        Header,
        Outcome,
        Quote,
        Record,
        StatementStatusEntry,
        StatusEntry,
        Update,
    )

    _Cites = Event | Quote | Claim | StatusEntry | StatementStatusEntry | Outcome | Update

NUMBER_FORMS: Final = "write 8000, 8000..10000, ..8000, 8000.. or ~8000"
"""The hint that shows how the number of a claim is written."""

_PLANS = {"scheduled", "postponed", "cancelled"}
_QUOTE_MARK = re.compile(r'["“„«»「『]')
_QUOTED = re.compile(r'"[^"\n]+"|“[^”\n]+”|„[^“”\n]+[“”]|«[^»\n]+»|»[^«\n]+«|「[^」\n]+」|『[^』\n]+』')


class EventChecks:
    """Checks events one by one.

    Args:
        header: Of their timeline.
        today: The day number that separates past and future.
        log: Takes the problems.
    """

    def __init__(self, header: Header, today: int, log: ProblemLog) -> None:
        self._header = header
        self._today = today
        self._log = log
        self._is_retracted = any(source.retracted is not None for source in header.sources.values())

    def check(self, event: Event) -> None:
        """Report the problems of one event."""
        _status(event, self._today, self._log)
        _early_sources(self._header, event, self._log)
        if self._is_retracted:
            _retracted(self._header, event, self._log)
        _words(event, self._log)
        for claim in event.claims:
            _claim(self._header, event, claim, self._log)


def valid_until(events: Iterable[Event], today: int) -> int:
    """The first day number on which the checks of these events would have another result; `END` for never."""
    stale = (event.date.latest + 1 for event in events if event.status == "scheduled")
    begun = (event.date.earliest for event in events if event.status == "confirmed")
    return min((day for day in chain(stale, begun) if day > today), default=END)


def _at(record: Record) -> tuple[int, int]:
    return record.line, record.column


def _status(event: Event, today: int, log: ProblemLog) -> None:
    if event.status == "scheduled" and event.date.latest < today:
        message = f"still scheduled, but its date {event.date} has passed"
        hint = "change the status to confirmed, postponed or cancelled"
        log.warning(Code.STALE_PLAN, _at(event), message, hint)
    if event.status == "confirmed" and event.date.earliest > today:
        message = f"confirmed, but its date {event.date} is in the future"
        log.warning(Code.FUTURE_CONFIRMED, _at(event), message, "write status: scheduled")
    _changed_plan(event, log)


def _changed_plan(event: Event, log: ProblemLog) -> None:
    """Report a last status that the last date contradicts, because an update changed the date alone."""
    moved = next((update for update in reversed(event.updates) if update.date is not None), None)
    last = event.statuses[-1] if event.statuses else None
    if moved is None or moved.date is None or last is None or last.known is None:
        return
    since, told = day_known(last.known), day_known(moved.known)
    if last.is_ == "postponed" and told > since:
        message = f"{last.is_} since {last.known}, but an update of {moved.known} gives a date: {moved.date}"
        hint = f"add {{is: scheduled, known: {moved.known}}} to its statuses"
    elif last.is_ in CLAIMING and told >= since and moved.date.earliest > told:
        message = f"{last.is_} since {last.known}, but an update of {moved.known} puts it off to {moved.date}"
        hint = f"add {{is: postponed, known: {moved.known}}} to its statuses"
    else:
        return
    log.warning(Code.CHANGED_PLAN, _at(moved), message, hint)


def _early_sources(header: Header, event: Event, log: ProblemLog) -> None:
    reports: list[tuple[Event | Quote | Claim, Date | None]] = [(event, None)]
    reports += [(quote, quote.date) for quote in event.quotes]
    reports += [(claim, claim.date) for claim in event.claims]
    for record, own_date in reports:
        # Every report about a plan is earlier than its date.
        if own_date is None and event.status in _PLANS:
            continue
        date = own_date or event.date
        first = _first_day(event, date)
        begun = date if event.known is None else min(date, event.known, key=lambda each: each.key)
        for citation in record.sources:
            source = header.sources.get(citation.id)
            if source is None or source.date is None or not source.date.is_before(begun):
                continue
            if source.date.latest < first or source.date.latest == first == begun.earliest:
                message = f"the source {citation.id} ({source.date}) is older than what it reports ({date})"
                hint = "if it was known earlier, add known: and the date"
                log.warning(Code.EARLY_SOURCE, _at(record), message, hint)


def _retracted(header: Header, event: Event, log: ProblemLog) -> None:
    """Report sources that had already been retracted when they were first cited."""
    for record, known in _citing(event):
        for citation in record.sources:
            source = header.sources.get(citation.id)
            if source is not None and source.retracted is not None and source.retracted.known.latest < known:
                day = source.retracted.known
                message = f"the source {citation.id} was already retracted, on {day}"
                log.warning(Code.RETRACTED_SOURCE, _at(record), message, "cite another source")


def _citing(event: Event) -> Iterator[tuple[_Cites, int]]:
    """Each part of an event that cites sources, and the first day on which it can have been known."""
    known = _first_known(event)
    own = event.date.earliest if known is None else known
    yield event, own
    statements: tuple[Quote | Claim, ...] = (*event.quotes, *event.claims)
    for statement in statements:
        yield statement, max(own, statement.date.earliest) if statement.date else own
        yield from ((entry, entry.known.earliest) for entry in statement.statuses if entry.known)
    entries: tuple[StatusEntry | Outcome | Update, ...] = (*event.statuses, *event.outcomes, *event.updates)
    yield from ((entry, entry.known.earliest) for entry in entries if entry.known)


def _first_known(event: Event) -> int | None:
    """The first day on which an event was known by its `known` or its first status; None without both."""
    known = event.known or next((entry.known for entry in event.statuses[:1]), None)
    return None if known is None else known.earliest


def _first_day(event: Event, date: Date) -> int:
    """The first day on which a source could report an event or a part of it that has a date."""
    moved = event.before_updates.date if event.before_updates is not None else None
    days = (date.earliest, _first_known(event), moved.earliest if moved else None)
    return min(day for day in days if day is not None)


def _words(event: Event, log: ProblemLog) -> None:
    if not event.quotes and _QUOTE_MARK.search(event.text) and _QUOTED.search(event.text):
        message = "the text has quotation marks, but the event has no quote"
        log.warning(Code.UNMARKED_QUOTE, _at(event), message, "add it under quotes, with its speaker")
    for quote in event.quotes:
        if quote.translated_from and not _has_original(quote):
            message = f"translated from {quote.translated_from}, but the original wording is missing"
            log.remark(Code.NO_ORIGINAL, _at(quote), message, "add the original under wordings")


def _has_original(quote: Quote) -> bool:
    """Whether a wording of a translated quote can be what was said: no paraphrase, and no translation."""
    language = _language(quote.translated_from)
    return any(
        wording.original
        or (
            _language(wording.language) == language
            and wording.kind != "paraphrase"
            and not wording.translated_from
        )
        for wording in quote.wordings
    )


def _language(tag: str) -> str:
    return tag.split("-", maxsplit=1)[0].lower()


def _claim(header: Header, event: Event, claim: Claim, log: ProblemLog) -> None:
    topic = header.topics.get(claim.about)
    if topic is not None and topic.unit and parse_figure(claim.value) is None:
        message = f"“{claim.value[:60]}” is not a number, but {claim.about} is counted in {topic.unit}"
        log.error(Code.NOT_A_FIGURE, _at(claim), message, NUMBER_FORMS)
    cited = [header.sources.get(citation.id) for citation in claim.sources or event.sources]
    if cited and all(source is not None and source.kind == "satire" for source in cited):
        log.warning(Code.SATIRE_ONLY, _at(claim), "the only source of this claim is satire")
