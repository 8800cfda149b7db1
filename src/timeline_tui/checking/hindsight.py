"""Hindsight: a text that tells more than was known on the day from which it is shown.

Reported are dates, offices and names later than that day, words that look back on it (*later*, *still to
come*), and a status without a date that rests on a later denial. Quotes and wordings are the words of
others; only notes on them are looked at. `HindsightChecks` looks at events as they are read, in as many
processes as read them; what only all events can tell (when an actor is first named, which day an event was
planned for) is put together by `report_hindsight()`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import msgspec

from timeline_tui.checking.mentions import (
    end_of_role,
    may_mention,
    mentions,
    sentences,
    without_quotations,
)
from timeline_tui.dates.date import BEGINNING, END
from timeline_tui.dates.day_numbers import from_civil, to_civil
from timeline_tui.dates.edtf import write_year
from timeline_tui.model.histories import day_known, values_before_updates
from timeline_tui.model.known_on import date_history, day_role_known, day_stated, publication_days
from timeline_tui.model.problems import Code, ProblemLog
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from timeline_tui.dates.date import Date
    from timeline_tui.model.histories import Part
    from timeline_tui.model.known_on import DateHistory
    from timeline_tui.model.records import (
        Actor,
        Claim,
        Event,
        Header,
        Note,
        Outcome,
        Quote,
        Record,
        StatementStatusEntry,
        StatusEntry,
        Topic,
        Update,
        Wording,
    )

    _Noted = Quote | Claim | Wording | StatusEntry | StatementStatusEntry

Name: TypeAlias = tuple[str, str]
"""The kind and the id of a record of the header: `("actor", "kim")`."""

_KINDS: Final = ("actor", "topic", "place", "source")
_TO_UPDATES: Final = "put it under updates, with the day from which it was known"
_TO_NOTE: Final = "give the note the day from which it speaks: {text: ..., known: ...}"
_TO_ROLES: Final = "write the offices with their days under roles"
_TO_STATUS: Final = "write status as a list of entries, each with its known"
_SINCE_FORMAT: Final = ", with format: 1.1 in the first line"
_LONGEST_SHOWN: Final = 60
_DOUBTS: Final = ("disputed", "denied")
_NAMING: Final = ("role", "question", "description")
"""The texts in which a noun with *the* stands for something that events tell of: *party to the treaty*."""
_DEFINITE = re.compile(r"\bthe ([a-z]{4,})(?=[.,;:)?]|$)")
_WORD = re.compile(r"[a-z]{4,}")


class Finding(msgspec.Struct, array_like=True, frozen=True):
    """Words of a text that are of a later day than that from which the text is shown."""

    line: int
    column: int
    field: str
    words: str
    day: int
    """The day from which the text is shown."""
    later: int
    """The first day that the words mean; `END` where they carry no date."""
    around: str = ""
    """All of the text, where the words carry a date."""


class Traces(msgspec.Struct, array_like=True):
    """What was found in some of the events, for `report_hindsight()`; all days are day numbers."""

    findings: list[Finding]
    plans: list[tuple[int, int, int, str]]
    """Of dates known beforehand: the day from which they are known, the first and the last day, and the title
    of the event."""
    named: dict[str, dict[str, tuple[int, int]]]
    """By kind and id, the first day on which a record of the header is named, and the first year of what
    names it."""
    nouns: dict[str, int]
    """The first day on which a noun stands in an event."""
    doubted: dict[str, tuple[int, int, int, str]]
    """By event id: line, column, day and status, of a status without a date that says that some deny it."""
    denials: dict[str, tuple[int, int]]
    """By event id, the first day on which another event denies it, and the line of that event."""


class _Text(NamedTuple):
    """A text in the words of whoever wrote the file."""

    record: Record
    field: str
    text: str
    day: int
    """The day from which it is shown."""
    start: int
    """The first day of what it is about."""
    looks_back: bool = False
    """Whether the file says that it speaks from a later day: then it may look back."""
    grace: int = 0
    """Days that what it names may be later: one for a source, dated by the clock of another place."""


class _Office(NamedTuple):
    """A role that began on a day, of an actor by a surname."""

    role: str
    surname: str
    day: int


class HindsightChecks:
    """Looks for hindsight in events, one after another.

    Args:
        header: Of their timeline.
    """

    def __init__(self, header: Header) -> None:
        self._published = publication_days(header.sources)
        self._is_english = _is_english(header)
        self._offices = list(_offices(header.actors.values()))
        sought: dict[str, set[str]] = {kind: set() for kind in _KINDS}
        self._nouns: set[str] = set()
        for (kind, id_), text, known in _header_texts(header):
            nouns = _DEFINITE.findall(text.text) if text.field in _NAMING else []
            self._nouns.update(nouns)
            is_telling = nouns or may_mention(text.text) or (text.field == "role" and end_of_role(text.text))
            if is_telling and known is None:
                sought[kind].add(id_)
        self._sought = {kind: ids for kind, ids in sought.items() if ids}
        self._seeks_names = bool(self._sought.keys() - {"source"})
        self.traces = Traces([], [], {kind: {} for kind in self._sought}, {}, {}, {})

    def check(self, event: Event) -> None:
        """Note what in `event` may be hindsight, and what that of others is measured by."""
        joined = "\n".join(_own_words(event))
        is_telling = may_mention(joined)
        has_history = bool(event.known or event.statuses or event.postponed or event.updates)
        dates = date_history(event) if has_history or is_telling or self._offices else None
        known = day_known(event.date) if dates is None else dates.known
        came = known if dates is None else dates.came
        if dates is not None:
            plans = (*dates.plans, *dates.moves)
            self.traces.plans += [
                (plan.announced, plan.date.earliest, plan.date.latest, event.title)
                for plan in plans
                if plan.announced < plan.date.earliest
            ]
        if event.links or event.status in _DOUBTS:
            self._note_denials(event, known)
        if self._sought:
            self._note_names(event, known, came)
        if self._nouns:
            lowered = joined.lower()
            for noun in self._nouns:
                if noun in lowered:
                    self.traces.nouns[noun] = min(known, self.traces.nouns.get(noun, known))
        if dates is not None and (is_telling or self._offices):
            for text in _texts(event, dates, self._published):
                self.traces.findings += _findings(text, is_english=self._is_english)
                self.traces.findings += self._late_offices(text)

    def _note_denials(self, event: Event, known: int) -> None:
        for relation in ("denies", "contradicts"):
            for target in event.links.get(relation, ()):
                denial = known, event.line
                self.traces.denials[target] = min(denial, self.traces.denials.get(target, denial))
        if event.id and event.status in _DOUBTS and not event.statuses:
            self.traces.doubted[event.id] = event.line, event.column, known, event.status

    def _note_names(self, event: Event, known: int, came: int) -> None:
        year = _year(event.date.earliest)
        named = _named(event, known, came) if self._seeks_names else ()
        cited = _cited(event, known, came) if "source" in self._sought else ()
        for kind, ids, day in (*named, *cited):
            sought: AbstractSet[str] = self._sought.get(kind, frozenset())
            for id_ in ids if sought else ():
                if id_ in sought:
                    _keep_first(self.traces.named[kind], id_, (day, year))

    def _late_offices(self, text: _Text) -> Iterator[Finding]:
        """Offices that a text gives to an actor before they began."""
        for office in self._offices:
            if office.day > text.day and office.role.lower() in text.text.lower():
                for sentence in sentences(text.text):
                    if office.surname in sentence and office.role.lower() in sentence.lower():
                        yield _finding(text, office.role, office.day)


def report_hindsight(header: Header, traces: Iterable[Traces], log: ProblemLog) -> None:
    """Report the hindsight in a timeline, one warning for each text.

    Args:
        header: Of the timeline.
        traces: What was found in its events, by one or by several `HindsightChecks`.
        log: Takes the warnings.
    """
    whole = _together(traces)
    advice = "" if header.format else _SINCE_FORMAT
    texts: dict[tuple[int, int, str, int], list[Finding]] = {}
    for finding in (*whole.findings, *_of_header(header, whole)):
        if not _is_planned(finding, whole.plans):
            place = finding.line, finding.column, finding.field, finding.day
            texts.setdefault(place, []).append(finding)
    for (line, column, field, day), found in texts.items():
        message = f"the {field} is shown from {_iso(day)}, and {_listed(found)}"
        hint = {"note": _TO_NOTE, "role": _TO_ROLES}.get(field, _TO_UPDATES)
        log.warning(Code.HINDSIGHT, (line, column), message, hint + advice)
    for id_, (line, column, known, status) in whole.doubted.items():
        day, other = whole.denials.get(id_, (BEGINNING, 0))
        if day > known:
            message = (
                f"the status {status} is shown from {_iso(known)}, and the event in line {other}, the "
                f"first to deny it, is known from {_iso(day)}"
            )
            log.warning(Code.HINDSIGHT, (line, column), message, _TO_STATUS + advice)


def _listed(found: Iterable[Finding]) -> str:
    """What is wrong with the words of one text."""
    parts = []
    for is_dated, one, several in ((True, "is later", "are later"), (False, "looks back", "look back")):
        words = dict.fromkeys(each.words for each in found if (each.later < END) is is_dated)
        if words:
            shown = ", ".join(f"“{one_line(each)[:_LONGEST_SHOWN]}”" for each in words)
            parts.append(f"{shown} {one if len(words) == 1 else several}")
    return "; ".join(parts)


def _is_planned(finding: Finding, plans: Iterable[tuple[int, int, int, str]]) -> bool:
    """Whether a text names the day of an event that was planned for it by then."""
    return any(
        known <= finding.day
        and first <= finding.later <= last
        and not _stems(title).isdisjoint(_stems(finding.around))
        for known, first, last, title in plans
    )


def _stems(text: str) -> set[str]:
    """The beginnings of the longer words of a text: *vote* and *votes* have the same."""
    return {word[:4] for word in _WORD.findall(text.lower())}


def _together(traces: Iterable[Traces]) -> Traces:
    whole = Traces([], [], {kind: {} for kind in _KINDS}, {}, {}, {})
    for each in traces:
        whole.findings += each.findings
        whole.plans += each.plans
        whole.doubted |= each.doubted
        for kind, named in each.named.items():
            for id_, found in named.items():
                _keep_first(whole.named[kind], id_, found)
        for noun, day in each.nouns.items():
            whole.nouns[noun] = min(day, whole.nouns.get(noun, day))
        for id_, denial in each.denials.items():
            whole.denials[id_] = min(denial, whole.denials.get(id_, denial))
    return whole


def _keep_first(named: dict[str, tuple[int, int]], id_: str, found: tuple[int, int]) -> None:
    before = named.get(id_, found)
    named[id_] = min(before[0], found[0]), min(before[1], found[1])


def _findings(text: _Text, *, is_english: bool) -> Iterator[Finding]:
    """The words of a text that are later than the day from which it is shown."""
    if not may_mention(text.text):
        return
    for mention in mentions(without_quotations(text.text), text.start):
        if mention.first == END:
            is_later = is_english and not text.looks_back
        else:
            is_later = mention.first > text.day + text.grace and not mention.is_plan
            is_later = is_later and not (text.looks_back and mention.is_relative)
        if is_later:
            yield _finding(text, mention.words, mention.first)


def _finding(text: _Text, words: str, later: int) -> Finding:
    around = text.text if later < END else ""
    return Finding(text.record.line, text.record.column, text.field, words, text.day, later, around)


def _of_header(header: Header, whole: Traces) -> Iterator[Finding]:
    """What the texts of sources, actors, topics and places give away."""
    is_english = _is_english(header)
    for (kind, id_), text, known in _header_texts(header):
        named, year = whole.named[kind].get(id_, (END, 0))
        day = day_known(known) if known else named
        if day in (BEGINNING, END):
            continue
        start = text.start if text.start != BEGINNING or not year else from_civil(year, 1, 1)
        dated = text._replace(day=day, start=start, grace=int(kind == "source"))
        yield from _findings(dated, is_english=is_english)
        if text.field == "role":
            yield from _ended_role(dated, is_english=is_english)
        if text.field in _NAMING and not text.looks_back:
            for noun in dict.fromkeys(_DEFINITE.findall(text.text)):
                if day < (first := whole.nouns.get(noun, BEGINNING)):
                    yield _finding(dated, f"the {noun}", first)


def _ended_role(text: _Text, *, is_english: bool) -> Iterator[Finding]:
    """A role with its end: in words, or by days that were not over when it is first shown."""
    if is_english and (word := end_of_role(text.text)):
        yield _finding(text, word, END)
        return
    for mention in mentions(text.text, text.start):
        if mention.first <= text.day < mention.last:
            yield _finding(text, mention.words, mention.last)


def _header_texts(header: Header) -> Iterator[tuple[Name, _Text, Date | None]]:
    """The texts of records that events name, each with the date from which it is shown, if the file has one.

    Without one, a text is shown from the day on which an event first names its record.
    """
    for id_, actor in header.actors.items():
        name = "actor", id_
        if not actor.roles:
            yield name, _timeless(actor, "role", actor.role), None
        yield name, _timeless(actor, "description", actor.description), None
        for update in actor.updates:
            yield name, _learned(update, "text", update.text, update.known), update.known
    for id_, place in header.places.items():
        name = "place", id_
        yield name, _timeless(place, "description", place.description), None
        for update in place.updates:
            yield name, _learned(update, "text", update.text, update.known), update.known
    for id_, topic in header.topics.items():
        for text, known in _topic_texts(topic):
            yield ("topic", id_), text, known
    for id_, source in header.sources.items():
        start = source.date.earliest if source.date else BEGINNING
        if source.title_basis == "editor" or source.title.startswith("["):
            yield ("source", id_), _timeless(source, "title", source.title, start), source.date
        note = _timeless(source, "note", source.note, start)
        dated = _note_date(source.dated_note)
        yield ("source", id_), note._replace(looks_back=dated is not None), dated or source.date


def _topic_texts(topic: Topic) -> Iterator[tuple[_Text, Date | None]]:
    yield _timeless(topic, "question", topic.first_question or topic.question), None
    yield _timeless(topic, "description", topic.description), None
    for update in topic.updates:
        yield _learned(update, "question", update.question, update.known), update.known
        yield _learned(update, "text", update.text, update.known), update.known
    for answer in topic.settled:
        known = _note_date(answer.dated_note) or answer.known
        yield _learned(answer, "note", answer.note, known), known


def _timeless(record: Record, field: str, words: str, start: int = BEGINNING) -> _Text:
    return _Text(record, field, words, BEGINNING, start)


def _learned(record: Record, field: str, words: str, known: Date) -> _Text:
    return _Text(record, field, words, BEGINNING, known.earliest, looks_back=True)


def _note_date(note: Note | None) -> Date | None:
    return note.known if note else None


def _own_words(event: Event) -> Iterator[str]:
    """All texts of an event in the words of whoever wrote the file."""
    yield event.title
    yield event.text
    yield event.outcome
    yield from event.actors.values()
    if event.before_updates is not None:
        yield event.before_updates.title or ""
        yield event.before_updates.outcome or ""
    for update in event.updates:
        yield from (update.title, update.text, update.outcome)
    for outcome in event.outcomes:
        yield outcome.text
    for status in event.statuses:
        yield status.note
    for quote in event.quotes:
        yield quote.note
        for wording in quote.wordings:
            yield wording.note
    for claim in event.claims:
        yield claim.note
    statements: tuple[Quote | Claim, ...] = (*event.quotes, *event.claims)
    for statement in statements:
        for entry in statement.statuses:
            yield entry.note


def _texts(event: Event, dates: DateHistory, published: Mapping[str, int]) -> Iterator[_Text]:
    """The same, each with the day from which it is shown."""
    known, came, start = dates.known, dates.came, event.date.earliest
    values = values_before_updates(event)
    is_late = known > event.date.latest
    yield _Text(event, "title", values["title"], known, start, is_late)
    yield _Text(event, "text", event.text, known, start, is_late)
    for role in values["actors"].values():
        yield _Text(event, "role", role, known, start, is_late)
    if not event.outcomes:
        yield _Text(event, "outcome", values["outcome"], came, start, came > event.date.latest)
    for outcome in event.outcomes:
        day = max(came, day_known(outcome.known)) if outcome.known else came
        yield _Text(outcome, "outcome", outcome.text, day, start, outcome.known is not None)
    for update in event.updates:
        day = max(known, day_known(update.known))
        for field, words in (("title", update.title), ("text", update.text), ("outcome", update.outcome)):
            yield _Text(update, field, words, day, start, looks_back=True)
    for status in event.statuses:
        day = max(known, day_known(status.known)) if status.known else known
        yield _note(status, day, start, looks_back=status.known is not None)
    statements: tuple[Quote | Claim, ...] = (*event.quotes, *event.claims)
    for statement in statements:
        yield from _notes(statement, event, day_stated(statement, known, came), published)


def _notes(statement: Quote | Claim, event: Event, day: int, published: Mapping[str, int]) -> Iterator[_Text]:
    date = statement.date or event.date
    start, end = date.earliest, date.latest
    yield _note(statement, day, start, looks_back=day > end)
    for entry in statement.statuses:
        known = max(day, day_known(entry.known)) if entry.known else day
        yield _note(entry, known, start, looks_back=entry.known is not None)
    for wording in getattr(statement, "wordings", ()):
        printed = min((published.get(each.id, BEGINNING) for each in wording.sources), default=BEGINNING)
        yield _note(wording, max(day, printed), start, looks_back=max(day, printed) > end)


def _note(record: _Noted, day: int, start: int, *, looks_back: bool) -> _Text:
    known = _note_date(record.dated_note)
    if known is None:
        return _Text(record, "note", record.note, day, start, looks_back)
    return _Text(record, "note", record.note, max(day, day_known(known)), start, looks_back=True)


def _named(event: Event, known: int, came: int) -> Iterator[tuple[str, Iterable[str], int]]:
    """The actors, topics and places that an event names: kind, ids, and the day from which they are named."""
    yield "actor", event.actors, known
    yield "actor", event.by, known
    yield "place", (event.place, *event.places), known
    for status in event.statuses:
        yield "actor", status.by, max(known, day_known(status.known)) if status.known else known
    for update in event.updates:
        day = max(known, day_known(update.known))
        yield "actor", update.actors, day
        yield "place", (update.place,), day
    for quote in event.quotes:
        yield "actor", (quote.speaker, *quote.to), day_stated(quote, known, came)
    for claim in event.claims:
        day = day_stated(claim, known, came)
        yield "actor", (claim.by,), day
        yield "topic", (claim.about,), day


def _cited(event: Event, known: int, came: int) -> Iterator[tuple[str, Iterable[str], int]]:
    """The same of the sources that an event cites."""

    def ids(part: Part) -> list[str]:
        return [citation.id for citation in part.sources]

    yield "source", ids(event), known
    entries: tuple[StatusEntry | Update | Outcome, ...] = (*event.statuses, *event.updates, *event.outcomes)
    for entry in entries:
        yield "source", ids(entry), max(known, day_known(entry.known)) if entry.known else known
    statements: tuple[Quote | Claim, ...] = (*event.quotes, *event.claims)
    for statement in statements:
        day = day_stated(statement, known, came)
        yield "source", ids(statement), day
        for wording in getattr(statement, "wordings", ()):
            yield "source", ids(wording), day


def _offices(actors: Iterable[Actor]) -> Iterator[_Office]:
    for actor in actors:
        for role in actor.roles:
            if role.role and (day := day_role_known(role)) != BEGINNING:
                yield _Office(role.role, actor.name.split()[-1], day)


def _is_english(header: Header) -> bool:
    return header.language.partition("-")[0].lower() in ("", "en")


def _year(day: int) -> int:
    return 0 if day == BEGINNING else to_civil(day)[0]


def _iso(day: int) -> str:
    year, month, number = to_civil(day)
    return f"{write_year(year)}-{month:02}-{number:02}"
