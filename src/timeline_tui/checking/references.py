"""What no single record can know: whether the records of a timeline fit together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from timeline_tui.checking.compare_events import EventComparison, columns_of
from timeline_tui.checking.events import FIGURES, EventChecks
from timeline_tui.checking.hindsight import HindsightChecks, report_hindsight
from timeline_tui.checking.same_words import printed_in, report_same_words
from timeline_tui.dates.date import END
from timeline_tui.model.figures import parse_figure
from timeline_tui.model.problems import Code, ProblemLog, by_line
from timeline_tui.text.similar import did_you_mean, spelling_variants

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from timeline_tui.model.problems import Problem
    from timeline_tui.model.records import Actor, Header, Place, Record
    from timeline_tui.reading.reader import Reading, Reference

_MOST_SUGGESTIONS = 10
MAY_HIDE_REFERENCES = {
    Code.YAML_SYNTAX, Code.BAD_INDENT, Code.BAD_ENCODING, Code.BAD_CHARACTER, Code.BAD_TAG, Code.BAD_ALIAS,
    Code.DUPLICATE_KEY, Code.TOO_DEEP, Code.TOO_MANY,
}  # fmt: skip
"""Problems behind which there may be references that have not been read."""


class Met(Protocol):
    """What was met in reading a file, as a `Reading` has it."""

    @property
    def references(self) -> Sequence[Reference]:
        """Every place that names an id not declared above it, and the first place of each other."""

    @property
    def problems(self) -> Sequence[Problem]:
        """What is wrong with the file."""

    @property
    def left_out(self) -> Collection[tuple[str, str]]:
        """Kind and id of the records that have a problem and so are missing."""


def check(reading: Reading, *, today: int) -> list[Problem]:
    """All problems of a file by line: those met in reading, and those of its records together.

    `today` is the day number that past and future are told apart by. Takes time in proportion to
    the number of records, or little more.
    """
    log, comparison = ProblemLog(reading.path), EventComparison()
    header = reading.header
    if header is not None:
        checks, hindsight = EventChecks(header, today, log), HindsightChecks(header)
        for event in reading.events:
            checks.check(event)
            hindsight.check(event)
        report_hindsight(header, [hindsight.traces], log)
        printed = [each for event in reading.events for each in printed_in(event)]
        report_same_words(header, printed, log)
        comparison.add(columns_of(reading.events))
        compare(header, comparison, reading, log)
    return by_line([*reading.problems, *log.by_line()])


def compare(header: Header, comparison: EventComparison, met: Met, log: ProblemLog) -> None:
    """Report what the records of a timeline say together, beside what single events do."""
    _dangling(header, comparison, met, log)
    _circles(header.sources, {name: source.derived_from for name, source in header.sources.items()}, log)
    _circles(header.actors, {name: _bodies(actor) for name, actor in header.actors.items()}, log)
    _circles(header.places, {name: (place.within,) for name, place in header.places.items()}, log)
    _unfindable(header, log)
    _settled(header, comparison, log)
    _steps(header, comparison, log)
    _name_spellings(header, log)
    if not any(problem.code in MAY_HIDE_REFERENCES for problem in met.problems):
        _unused(header, comparison, met, log)
    comparison.compare(log)


def _dangling(header: Header, comparison: EventComparison, met: Met, log: ProblemLog) -> None:
    known = {
        "source": header.sources.keys(),
        "actor": header.actors.keys(),
        "topic": header.topics.keys(),
        "place": header.places.keys(),
        "event": comparison.numbers.keys(),
    }
    suggestions = _MOST_SUGGESTIONS
    for kind, name, *place in met.references:
        if name in known[kind] or (kind, name) in met.left_out:
            continue
        # Looking for the nearest of very many takes its time.
        hint = did_you_mean(name, known[kind]) if suggestions else ""
        suggestions -= bool(suggestions)
        log.error(Code.DANGLING_ID, (place[0], place[1]), f"there is no {kind} {name}", hint)


def _bodies(actor: Actor) -> tuple[str, ...]:
    return tuple(dict.fromkeys((actor.of, *(role.of for role in actor.roles))))


def _circles(records: Mapping[str, Record], leads_to: Mapping[str, Sequence[str]], log: ProblemLog) -> None:
    """Each way that leads back to where it came by is told once, where it closes."""
    settled: set[str] = set()
    for start in records:
        path: dict[str, Iterator[str]] = {}
        ahead = [start]
        while ahead or path:
            if ahead:
                name = ahead.pop()
                if name in path:
                    _tell_circle(records[name], [*list(path)[list(path).index(name) :], name], log)
                elif name in records and name not in settled:
                    path[name] = iter(leads_to[name])
            if not path:
                break
            last = next(reversed(path))
            following = next(path[last], None)
            if following is None:
                settled.add(last)
                del path[last]
            else:
                ahead.append(following)


def _tell_circle(record: Record, circle: Sequence[str], log: ProblemLog) -> None:
    shown = " → ".join(circle[:6])
    log.error(Code.CIRCLE, (record.line, record.column), f"this leads back to itself: {shown}")


def _unfindable(header: Header, log: ProblemLog) -> None:
    for name, source in header.sources.items():
        if source.date is None and not source.url and not source.archive_url:
            message = f"the source {name} has neither date nor url"
            log.warning(Code.UNFINDABLE_SOURCE, (source.line, source.column), message, "nobody could find it")


def _settled(header: Header, comparison: EventComparison, log: ProblemLog) -> None:
    for name, topic in header.topics.items():
        for answer in topic.settled:
            place = answer.line, answer.column
            if topic.unit and answer.value and parse_figure(answer.value) is None:
                message = f"“{answer.value[:60]}” is no figure, and this topic counts {topic.unit}"
                log.error(Code.NOT_A_FIGURE, place, message, FIGURES)
            if answer.known.latest < comparison.first_asked.get(name, END):
                message = f"this was settled on {answer.known}, before anybody claimed anything about it"
                log.warning(Code.EARLY_ANSWER, place, message, "one of the dates is wrong")


def _steps(header: Header, comparison: EventComparison, log: ProblemLog) -> None:
    """Quotes that a step of a story names, and its event has not."""
    for story in header.stories.values():
        for step in story.steps:
            if (
                step.quote
                and step.event in comparison.numbers
                and step.quote not in comparison.quote_ids.get(step.event, ())
            ):
                message = f"the event {step.event} has no quote with the id {step.quote}"
                log.error(Code.DANGLING_ID, (step.line, step.column), message)


def _name_spellings(header: Header, log: ProblemLog) -> None:
    registers: tuple[tuple[str, Mapping[str, Actor | Place]], ...] = (
        ("actors", header.actors),
        ("places", header.places),
    )
    for kind, register in registers:
        for first, *others in spelling_variants({record.name: name for name, record in register.items()}):
            for other in others:
                message = f"the {kind} {first} and {other} have almost the same name"
                hint = "if they are one, keep one and write the other's name under aliases"
                record = register[other]
                log.warning(Code.NEAR_SPELLING, (record.line, record.column), message, hint)


def _unused(header: Header, comparison: EventComparison, met: Met, log: ProblemLog) -> None:
    used = {(kind, name) for kind, name, *_ in met.references}
    registers: tuple[tuple[str, Mapping[str, Record]], ...] = (
        ("source", header.sources),
        ("actor", header.actors),
        ("topic", header.topics),
        ("place", {name: place for name, place in header.places.items() if name not in comparison.places}),
    )
    for kind, register in registers:
        for name, record in register.items():
            if (kind, name) not in used:
                message = f"nothing refers to the {kind} {name}"
                log.warning(Code.UNUSED_ID, (record.line, record.column), message)
