"""What no single record can know: whether the records of a timeline fit together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.faults import Code, Faults, did_you_mean

if TYPE_CHECKING:
    from timeline_tui.problems import Problem
    from timeline_tui.reader import Reading
    from timeline_tui.records import Header


def check(reading: Reading, *, today: int) -> list[Problem]:
    """All problems of a file by line: those met in reading, and those of its records together.

    `today` is the day number that past and future are told apart by.
    """
    faults = Faults(reading.path)
    if reading.header is not None:
        _dangling(reading, reading.header, faults)
    return sorted([*reading.problems, *faults.in_order()], key=lambda problem: (problem.line, problem.column))


def _dangling(reading: Reading, header: Header, faults: Faults) -> None:
    known = {
        "source": header.sources.keys(),
        "actor": header.actors.keys(),
        "topic": header.topics.keys(),
        "event": {event.id for event in reading.events},
    }
    for reference in reading.references:
        kind, name = reference.kind, reference.id
        if name not in known[kind] and (kind, name) not in reading.left_out:
            message = f"there is no {kind} {name}"
            place = reference.line, reference.column
            faults.error(Code.DANGLING_ID, place, message, did_you_mean(name, known[kind]))
