"""Whether the records of a timeline fit together: references, circles, answers, spellings, unused records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from timeline_tui.checking.compare_events import EventComparison, columns_of
from timeline_tui.checking.events import NUMBER_FORMS, EventChecks
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
"""After these problems, a part of the file and its references may be unread."""


class ReadResult(Protocol):
    """The parts of a `Reading` that checking needs, whether it was read in one part or in several."""

    @property
    def references(self) -> Sequence[Reference]:
        """Every reference to an id that is not declared above it; of each other id, the first reference."""

    @property
    def problems(self) -> Sequence[Problem]:
        """The problems found while reading the file."""

    @property
    def left_out(self) -> Collection[tuple[str, str]]:
        """Kind and id of the records that were left out because of an error."""


def check(reading: Reading, *, today: int) -> list[Problem]:
    """All problems of a file by line: those found in reading, and those found by comparing its records.

    The time that it takes is about proportional to the number of records.

    Args:
        reading: The file.
        today: The day number that separates past and future.
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


def compare(header: Header, comparison: EventComparison, result: ReadResult, log: ProblemLog) -> None:
    """Report problems that only a comparison of records shows; single events are not checked here.

    Args:
        header: Of the timeline.
        comparison: With all events added.
        result: What reading found.
        log: Takes the problems.
    """
    steps = (step.event for story in header.stories.values() for step in story.steps)
    named = {name for kind, name, *_ in result.references if kind == "event"}
    numbers = comparison.ids.numbers_of({*named, *steps})
    _dangling(header, comparison, numbers, result, log)
    _circles(header.sources, {name: source.derived_from for name, source in header.sources.items()}, log)
    _circles(header.actors, {name: _bodies(actor) for name, actor in header.actors.items()}, log)
    _circles(header.places, {name: (place.within,) for name, place in header.places.items()}, log)
    _unfindable(header, log)
    _settled(header, comparison, log)
    _steps(header, comparison, numbers, log)
    _name_spellings(header, log)
    if not any(problem.code in MAY_HIDE_REFERENCES for problem in result.problems):
        _unused(header, comparison, result, log)
    comparison.compare(log)


def _dangling(
    header: Header,
    comparison: EventComparison,
    numbers: Mapping[str, int],
    result: ReadResult,
    log: ProblemLog,
) -> None:
    known: dict[str, Collection[str]] = {
        "source": header.sources.keys(),
        "actor": header.actors.keys(),
        "topic": header.topics.keys(),
        "place": header.places.keys(),
        "event": numbers.keys(),
    }
    suggestions = _MOST_SUGGESTIONS
    for kind, name, *place in result.references:
        if name in known[kind] or (kind, name) in result.left_out:
            continue
        # Comparing a name with very many others is slow.
        hint = did_you_mean(name, comparison.ids if kind == "event" else known[kind]) if suggestions else ""
        suggestions -= bool(suggestions)
        log.error(Code.DANGLING_ID, (place[0], place[1]), f"unknown {kind} {name}", hint)


def _bodies(actor: Actor) -> tuple[str, ...]:
    return tuple(dict.fromkeys((actor.of, *(role.of for role in actor.roles))))


def _circles(records: Mapping[str, Record], leads_to: Mapping[str, Sequence[str]], log: ProblemLog) -> None:
    """Report each circle of references once, at the record where it closes."""
    done: set[str] = set()
    for start in records:
        path: dict[str, Iterator[str]] = {}
        ahead = [start]
        while ahead or path:
            if ahead:
                name = ahead.pop()
                if name in path:
                    _report_circle(records[name], [*list(path)[list(path).index(name) :], name], log)
                elif name in records and name not in done:
                    path[name] = iter(leads_to[name])
            if not path:
                break
            last = next(reversed(path))
            following = next(path[last], None)
            if following is None:
                done.add(last)
                del path[last]
            else:
                ahead.append(following)


def _report_circle(record: Record, circle: Sequence[str], log: ProblemLog) -> None:
    shown = " → ".join(circle[:6])
    log.error(Code.CIRCLE, (record.line, record.column), f"circular reference: {shown}")


def _unfindable(header: Header, log: ProblemLog) -> None:
    for name, source in header.sources.items():
        if source.date is None and not source.url and not source.archive_url:
            message = f"the source {name} has neither a date nor a url"
            log.warning(
                Code.UNFINDABLE_SOURCE,
                (source.line, source.column),
                message,
                "add one of them, so that readers can find it",
            )


def _settled(header: Header, comparison: EventComparison, log: ProblemLog) -> None:
    for name, topic in header.topics.items():
        for answer in topic.settled:
            place = answer.line, answer.column
            if topic.unit and answer.value and parse_figure(answer.value) is None:
                message = f"“{answer.value[:60]}” is not a number, but this topic is counted in {topic.unit}"
                log.error(Code.NOT_A_FIGURE, place, message, NUMBER_FORMS)
            if answer.known.latest < comparison.first_asked.get(name, END):
                message = f"settled on {answer.known}, before the first claim about it"
                log.warning(Code.EARLY_ANSWER, place, message, "correct one of the dates")


def _steps(header: Header, comparison: EventComparison, numbers: Mapping[str, int], log: ProblemLog) -> None:
    """Report the steps of stories that name a quote which their event does not have."""
    for story in header.stories.values():
        for step in story.steps:
            if (
                step.quote
                and step.event in numbers
                and step.quote not in comparison.quote_ids.get(step.event, ())
            ):
                message = f"the event {step.event} has no quote {step.quote}"
                log.error(Code.DANGLING_ID, (step.line, step.column), message)


def _name_spellings(header: Header, log: ProblemLog) -> None:
    registers: tuple[tuple[str, Mapping[str, Actor | Place]], ...] = (
        ("actors", header.actors),
        ("places", header.places),
    )
    for kind, register in registers:
        for first, *others in spelling_variants({record.name: name for name, record in register.items()}):
            for other in others:
                message = f"the {kind} {first} and {other} have nearly the same name"
                hint = "if they are the same, keep one and add the other's name to its aliases"
                record = register[other]
                log.warning(Code.NEAR_SPELLING, (record.line, record.column), message, hint)


def _unused(header: Header, comparison: EventComparison, result: ReadResult, log: ProblemLog) -> None:
    if not comparison.lines:
        # In a timeline that was just begun, everything waits for its first event.
        return
    used = {(kind, name) for kind, name, *_ in result.references}
    registers: tuple[tuple[str, Mapping[str, Record]], ...] = (
        ("source", header.sources),
        ("actor", header.actors),
        ("topic", header.topics),
        ("place", {name: place for name, place in header.places.items() if name not in comparison.places}),
    )
    for kind, register in registers:
        for name, record in register.items():
            if (kind, name) not in used:
                message = f"the {kind} {name} is not used anywhere"
                log.warning(Code.UNUSED_ID, (record.line, record.column), message)
