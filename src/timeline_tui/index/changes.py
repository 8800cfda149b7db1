"""What of events is not the same on all days, and what their statements rest on, made ready for the index.

Only what differs from what stands now is noted, so that a timeline in which nothing changes costs nothing.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import repeat
from typing import TYPE_CHECKING, Literal, TypeAlias

from timeline_tui.dates.date import BEGINNING, END
from timeline_tui.index.searched import file_of, hour_of, ids_of, places_of, said_to, searchable
from timeline_tui.index.support_columns import AHEAD, MOVE, Grounds, NotedStatus
from timeline_tui.model.histories import parts_of
from timeline_tui.model.known_on import (
    KINDS_AFTER_START,
    date_history,
    day_reported,
    disclosures,
    steady_from,
)
from timeline_tui.model.records import (
    Claim,
    Event,
    Media,
    Outcome,
    Quote,
    StatusEntry,
    Update,
    Wording,
)
from timeline_tui.model.support import StatementKind, statements
from timeline_tui.model.validity import EventSpans, missing, united
from timeline_tui.query.language import IS, WITHDRAWN
from timeline_tui.query.vocabulary import IDENTIFIED, folded

Posting: TypeAlias = tuple[int, int, int]
"""Offset of an event, first day, day after the last."""
_Place: TypeAlias = tuple[str, str, bool]
"""Field of the search language, folded value, and whether events have it then or do not, as in `Entries`."""
RestingKind: TypeAlias = StatementKind | Literal["move"]

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline_tui.index.searched import HeaderFacts
    from timeline_tui.model.histories import Part
    from timeline_tui.model.records import Citation
    from timeline_tui.model.support import Statement
    from timeline_tui.model.validity import Span, Spans

    Columns: TypeAlias = tuple[
        list[tuple[str, int, list[int]]],
        list[int],
        list[tuple[int, int]],
        list[tuple[int, int, int, str]],
        list[tuple[int, int, int, str]],
        list[tuple[str, str, bool, list[Posting]]],
        list[tuple[Grounds, RestingKind, list[int], list[Posting]]],
        list[NotedStatus],
    ]

_LATER = frozenset(KINDS_AFTER_START)
_OF_EVENT = 2
"""Length of the path of a statement in a history of the event itself."""


class Changes:
    """What changes of a run of events, gathered event by event.

    Args:
        cited: What is known of sources and places.
    """

    def __init__(self, cited: HeaderFacts) -> None:
        self._cited = cited
        self._news: dict[tuple[str, int], list[int]] = defaultdict(list)
        self._known: list[int] = []
        self._settled: list[tuple[int, int]] = []
        self._dates: list[tuple[int, int, int, str]] = []
        self._passages: list[tuple[int, int, int, str]] = []
        self._spells: dict[_Place, list[Posting]] = defaultdict(list)
        self.past: dict[tuple[str, str], str] = {}
        """By field and folded value, as first spelt: what some event was once found by, and is no more."""
        self._constant: dict[tuple[Grounds, RestingKind], list[int]] = defaultdict(list)
        self._timed: dict[tuple[Grounds, RestingKind], list[Posting]] = defaultdict(list)
        self._statuses: list[NotedStatus] = []
        self._found_by: dict[str, tuple[_Place, ...]] = {}

    def add(self, offset: int, event: Event) -> None:
        """Take the next event."""
        steady = steady_from(event, self._cited.days)
        if steady is not None:
            self._add_steady(offset, event, steady)
            return
        known = last = BEGINNING
        kinds: set[str] = set()
        for day, kind in disclosures(event, self._cited.days):
            self._news[kind, day].append(offset)
            if kind == "event":
                known = last = day
            elif day > known and kind in _LATER:
                last = max(last, day)
                kinds.add(kind)
        self._known.append(known)
        if kinds:
            self._settled.append((offset, last))
        if kinds <= {"source"} and not any(
            wording.sources for quote in event.quotes for wording in quote.wordings
        ):
            for statement in statements(event):
                if statement.grounds:
                    self._rest(offset, event, statement, ())
            self._add_statuses(offset, event, repeat(((known, END),)), ())
            self._add_withdrawn(offset, event, None)
            if kinds:
                cited = {citation.id for part in parts_of(event) for citation in part.sources}
                self._add_late_sources(offset, event, known, cited)
            return
        spans = EventSpans(event, self._cited.days)
        self._add_dates(offset, event, spans)
        self._add_texts(offset, event, spans)
        self._add_values(offset, event, spans)
        self._add_support(offset, event, spans)
        entries = (held for part, held, _ in spans.parts if isinstance(part, StatusEntry))
        self._add_statuses(offset, event, reversed(list(entries)), missing(spans.come, spans.whole))
        self._add_withdrawn(offset, event, spans)

    def columns(self) -> Columns:
        """The last columns of `Entries`."""
        rests = dict.fromkeys([*self._constant, *self._timed])
        return (
            [(kind, day, offsets) for (kind, day), offsets in self._news.items()],
            self._known,
            self._settled,
            self._dates,
            self._passages,
            [(*key, postings) for key, postings in self._spells.items()],
            [(*rest, self._constant.get(rest, []), self._timed.get(rest, [])) for rest in rests],
            self._statuses,
        )

    def _add_steady(self, offset: int, event: Event, known: int) -> None:
        """Take an event that says the same from the day on from which it is known: the usual case."""
        constant, news, days = self._constant, self._news, self._cited.days
        self._known.append(known)
        news["event", known].append(offset)
        own = _grounds(event.sources)
        cited = {citation.id for citation in event.sources}
        said: set[str] = set()
        for quote in event.quotes:
            news["quote", known].append(offset)
            said.update([citation.id for citation in quote.sources])
            if grounds := _grounds(quote.sources) or own:
                constant[grounds, "quote"].append(offset)
            for wording in quote.wordings:
                cited.update([citation.id for citation in wording.sources])
                if printed := _grounds(wording.sources) or grounds:
                    constant[printed, "wording"].append(offset)
        for claim in event.claims:
            news["claim", known].append(offset)
            said.update([citation.id for citation in claim.sources])
            if grounds := _grounds(claim.sources) or own:
                constant[grounds, "claim"].append(offset)
        if own:
            constant[own, "event"].append(offset)
        elif said:
            constant[tuple([(id_, BEGINNING) for id_ in sorted(said)]), "event"].append(offset)
        cited |= said
        late = [day for id_ in cited if (day := days.get(id_, BEGINNING)) > known]
        if late:
            for day in set(late):
                news["source", day].append(offset)
            self._settled.append((offset, max(late)))
            self._add_late_sources(offset, event, known, cited)

    def _add_late_sources(self, offset: int, event: Event, known: int, cited: set[str]) -> None:
        """Note when an event is found by its sources, if only some of these came later: the usual case."""
        days, found_by = self._cited.days, self._found_by
        first: dict[_Place, int] = {}
        for id_ in cited:
            day = days.get(id_, BEGINNING)
            for place in found_by.get(id_) or self._places_of(id_):
                if day < first.get(place, END):
                    first[place] = day
        for quote in event.quotes:
            for language in (quote.language, *[wording.language for wording in quote.wordings]):
                if language:
                    first.pop(("language", folded(language), False), None)
        for place, day in first.items():
            if day > known:
                self._spells[place].append((offset, known, day))

    def _places_of(self, id_: str) -> tuple[_Place, ...]:
        """What an event is found by that cites a source, as in `_spells`."""
        publisher, language = (
            names.get(id_, "") for names in (self._cited.publishers, self._cited.languages)
        )
        places: list[_Place] = [("source", id_, False), ("has", folded("sources"), False)]
        if publisher:
            places.append(("publisher", folded(publisher), False))
        if language:
            places.append(("language", folded(language), False))
        self._found_by[id_] = tuple(places)
        return self._found_by[id_]

    def _add_dates(self, offset: int, event: Event, spans: EventSpans) -> None:
        self._dates += [
            (offset, *span, date.text) for date, held in spans.dates() if date != event.date for span in held
        ]

    def _add_texts(self, offset: int, event: Event, spans: EventSpans) -> None:
        by_spans: dict[Spans, list[str]] = defaultdict(list)
        for text, held in texts_over_time(event, spans):
            if text and held:
                by_spans[held].append(text)
        if by_spans.keys() != {spans.whole}:
            self._passages += [
                (offset, *span, text)
                for held, texts in by_spans.items()
                for text in (searchable(texts),)
                for span in held
            ]

    def _add_values(self, offset: int, event: Event, spans: EventSpans) -> None:
        found: dict[tuple[str, str], list[Span]] = defaultdict(list)
        spelt: dict[tuple[str, str], str] = {}
        for field, value, held in values_over_time(event, spans, self._cited):
            if value and held:
                place = field, value if field in IDENTIFIED else folded(value)
                found[place] += held
                spelt.setdefault(place, value)
        (always,) = spans.whole
        for (field, value), several in found.items():
            if always in several or (held := united(several)) == spans.whole:
                continue
            stands_now = held[-1][1] == spans.whole[0][1]
            if not stands_now:
                self.past.setdefault((field, value), spelt[field, value])
            differing = missing(held, spans.whole) if stands_now else held
            self._spells[field, value, not stands_now] += [(offset, *span) for span in differing]

    def _add_support(self, offset: int, event: Event, spans: EventSpans) -> None:
        known = (held for part, held, _ in spans.parts if not isinstance(part, Media))
        for statement, held in zip(statements(event), known, strict=True):
            if statement.grounds:
                self._rest(offset, event, statement, () if held == spans.whole else held)

    def _add_statuses(self, offset: int, event: Event, known: Iterable[Spans], ahead: Spans) -> None:
        if any(entry.sources for entry in event.statuses):
            for entry, held in zip(event.statuses, known, strict=False):
                self._statuses += [(offset, 0, entry.is_, _grounds(entry.sources), *span) for span in held]
            self._statuses += [(offset, 0, AHEAD, (), *span) for span in ahead]

    def _add_withdrawn(self, offset: int, event: Event, spans: EventSpans | None) -> None:
        """Note the statuses of each quote and claim that somebody withdrew."""
        holders: tuple[Quote | Claim, ...] = (*event.quotes, *event.claims)
        for number, holder in enumerate(holders, 1):
            if holder.status == WITHDRAWN or any(entry.is_ == WITHDRAWN for entry in holder.statuses):
                spans = spans or EventSpans(event, self._cited.days)
                for status, grounds, held in spans.statuses_of(holder):
                    self._statuses += [
                        (offset, number, status, tuple(sorted(grounds)), *span) for span in held
                    ]

    def _rest(self, offset: int, event: Event, statement: Statement, spans: Spans) -> None:
        """Note what a statement rests on, and when it is known, if not as long as its event."""
        grounds = tuple(sorted(statement.grounds))
        kinds: tuple[RestingKind, ...] = (statement.kind,)
        if _dates_event(event, statement):
            kinds = statement.kind, MOVE
        for kind in kinds:
            if spans:
                self._timed[grounds, kind] += [(offset, *span) for span in spans]
            else:
                self._constant[grounds, kind].append(offset)


def _dates_event(event: Event, statement: Statement) -> bool:
    """Whether a statement has a say in when its event took place, or was known to have."""
    if statement.kind == "update":
        return event.updates[int(statement.path[1])].date is not None
    if statement.kind == "status" and len(statement.path) == _OF_EVENT:
        day = day_reported(event.statuses[int(statement.path[1])])
        return day is not None and date_history(event).is_told_by(day)
    return False


def _grounds(citations: Sequence[Citation]) -> Grounds:
    """What a statement rests on that cites these itself."""
    if len(citations) == 1:
        return ((citations[0].id, BEGINNING),)
    return tuple(sorted({(citation.id, BEGINNING) for citation in citations}))


def texts_over_time(event: Event, spans: EventSpans) -> Iterator[tuple[str, Spans]]:
    """The texts of an event that are searched, each with the days on which it is known."""
    yield from ((spans.own.get(name, ""), spans.whole) for name in ("title", "text", "place"))
    if not event.outcomes:
        yield spans.own.get("outcome", ""), spans.come
    for part, held, note in spans.parts:
        match part:
            case Event():
                pass
            case Update():
                yield from ((text, held) for text in (part.text, part.title, part.place))
                yield part.outcome, spans.outcome(held)
            case Outcome():
                yield part.text, held
            case Media():
                yield part.caption, held
            case Quote() | Wording():
                yield part.text, held
                yield part.note, note
            case _:
                yield part.note, note


def values_over_time(event: Event, spans: EventSpans, cited: HeaderFacts) -> Iterator[tuple[str, str, Spans]]:
    """What each field of the search language finds an event by, with the days on which it does."""
    for part, held, _ in spans.parts:
        if isinstance(part, Media):
            yield "has", "media", held
            continue
        yield from _of_part(part, held, spans)
        for citation in part.sources:
            printed = spans.cited(citation.id, held)
            yield "source", citation.id, printed
            yield "has", "sources", printed
            yield "publisher", cited.publishers.get(citation.id, ""), printed
            yield "language", cited.languages.get(citation.id, ""), printed
    yield from (("status", word, held) for word, held in spans.statuses())
    yield from ((IS, WITHDRAWN, held) for word, held in spans.statement_statuses() if word == WITHDRAWN)
    if not event.statuses:
        yield from (("actor", id_, spans.whole) for id_ in event.by)
    if not event.outcomes and spans.own.get("outcome"):
        yield "has", "outcome", spans.come
    yield "file", file_of(event), spans.whole
    yield from (("hour", hour_of(date), held) for date, held in spans.dates())
    for places, held in spans.places():
        yield from (("place", name, held) for name in places_of(places, cited.places))
        yield from (("at", id_, held) for id_ in ids_of(places, cited.places))
        if places[0]:
            yield "has", "place", held
    for actors, held in spans.actors():
        yield from (("actor", id_, held) for id_ in actors)
        if actors:
            yield "has", "actors", held


def _of_part(part: Part, held: Spans, spans: EventSpans) -> Iterator[tuple[str, str, Spans]]:
    match part:
        case Event():
            pass
        case Update():
            yield "has", "updates", held
            if part.outcome:
                yield "has", "outcome", spans.outcome(held)
        case Outcome():
            yield "has", "outcome", held
        case Quote():
            yield "has", "quotes", held
            yield "speaker", part.speaker, held
            yield from (("to", value, held) for value in said_to(part))
            yield "language", part.language, held
            yield from (("actor", id_, held) for id_ in (part.speaker, *part.to))
        case Wording():
            yield "has", "wordings", held
            if part.original:
                yield "has", "originals", held
            yield "language", part.language, held
        case Claim():
            yield "has", "claims", held
            yield "topic", part.about, held
            yield "actor", part.by, held
        case _:
            yield "has", "statuses", held
            yield from (("actor", id_, held) for id_ in part.by)
