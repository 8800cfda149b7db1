"""Doubts about events: their dates, sources, words and figures."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from timeline_tui.dates import Precision
from timeline_tui.faults import Code, Faults
from timeline_tui.figures import parse_figure
from timeline_tui.spelling import alike, near_titles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline_tui.dates import Date
    from timeline_tui.records import Claim, Event, Header, Quote, Record

_RUN = 3
_AFTER = {"leads-to"}
_BEFORE = {"responds-to", "confirms", "denies", "ratifies"}
_PLANS = {"scheduled", "postponed", "cancelled"}
_QUOTE_MARK = re.compile(r'["“„«»「『]')
_QUOTED = re.compile(r'"[^"\n]+"|“[^”\n]+”|„[^“”\n]+[“”]|«[^»\n]+»|»[^«\n]+«|「[^」\n]+」|『[^』\n]+』')


def check_events(header: Header, events: Sequence[Event], today: int, faults: Faults) -> None:
    """Report what is doubtful about `events`, in time in proportion to their number or little more."""
    by_id = {event.id: event for event in events}
    for event in events:
        _status(event, today, faults)
        _order(event, by_id, faults)
        _early_sources(header, event, faults)
        _words(event, faults)
        for claim in event.claims:
            _claim(header, event, claim, faults)
    _false_precision(events, faults)
    _twins(events, faults)
    _tag_spellings(events, faults)


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


def _order(event: Event, by_id: dict[str, Event], faults: Faults) -> None:
    for relation, names in event.links.items():
        if relation not in _AFTER and relation not in _BEFORE:
            continue
        for name in names:
            other = by_id.get(name)
            if other is None:
                continue
            cause, effect = (event, other) if relation in _AFTER else (other, event)
            if effect.date.latest < cause.date.earliest:
                message = f"{relation} {name}: the effect ({effect.date}) is before its cause ({cause.date})"
                faults.warning(Code.EFFECT_FIRST, _at(event), message)


def _early_sources(header: Header, event: Event, faults: Faults) -> None:
    reports: list[tuple[Event | Quote | Claim, Date | None]] = [(event, None)]
    reports += [(quote, quote.date) for quote in event.quotes]
    reports += [(claim, claim.date) for claim in event.claims]
    for record, said in reports:
        # Of what is only planned, every report is earlier.
        if said is None and event.status in _PLANS:
            continue
        date = said or event.date
        first = date.earliest if event.known is None else min(date.earliest, event.known.earliest)
        for citation in record.sources:
            source = header.sources.get(citation.id)
            if source is not None and source.date is not None and source.date.latest < first:
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


def _false_precision(events: Sequence[Event], faults: Faults) -> None:
    for first_day, run in groupby(events, key=_is_first_of_january):
        found = list(run) if first_day else []
        if len(found) >= _RUN:
            message = f"{len(found)} events in a row are dated on a 1 January"
            hint = f"if only the year is known, write {found[0].date.text.split('-01-01')[0]}"
            faults.warning(Code.FALSE_PRECISION, _at(found[0]), message, hint)


def _is_first_of_january(event: Event) -> bool:
    return event.date.precision is Precision.DAY and event.date.text.endswith("-01-01")


def _twins(events: Sequence[Event], faults: Faults) -> None:
    days: dict[tuple[int, int], list[Event]] = defaultdict(list)
    for event in events:
        days[event.date.earliest, event.date.latest].append(event)
    for group in days.values():
        if len(group) == 1:
            continue
        for at, twin in near_titles([event.title for event in group]):
            message = f"on the same date, the event in line {group[twin].line} has almost the same title"
            faults.warning(Code.TWIN_EVENT, _at(group[at]), message, "if they are one, put them together")


def _tag_spellings(events: Sequence[Event], faults: Faults) -> None:
    first: dict[str, Event] = {}
    for tag, event in _tags(events):
        first.setdefault(tag, event)
    for kept, *others in alike({tag: tag for tag in first}):
        for tag in others:
            message = f"the tags {kept} and {tag} differ only in spelling"
            faults.warning(Code.NEAR_SPELLING, _at(first[tag]), message, f"write {kept} everywhere")


def _tags(events: Sequence[Event]) -> Iterator[tuple[str, Event]]:
    return ((tag, event) for event in events for tag in event.tags)
