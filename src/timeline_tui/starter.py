"""A small timeline to start from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.problems import TimelineError
from timeline_tui.text import one_line

if TYPE_CHECKING:
    from pathlib import Path

STARTER = """\
# A timeline for timeline-tui: change it, then run `timeline-tui check` on it.
title: An unfinished bridge

sources:
  gazette:
    title: Bridge to open in spring
    publisher: The Gazette
    date: 2024-03-04
    url: https://example.org/bridge
  minutes:
    title: Minutes of the council
    date: 2024-06-11
    url: https://example.org/minutes
    kind: official

actors:
  council:
    name: Town council
    kind: organisation
  engineer:
    name: Ada Brown
    kind: person
    role: Chief engineer
    of: council
    aliases: [A. Brown]

topics:
  cost:
    question: What will the bridge cost?
    unit: million

events:
  - id: opening-announced
    date: 2024-03-04
    title: The chief engineer announces the opening
    kind: statement
    actors: [engineer]
    sources: [gazette]
    quotes:
      - speaker: engineer
        text: By spring you will walk across it.
        sources: [gazette]
    claims:
      - about: cost
        by: engineer
        value: ~12
        sources: [gazette]

  - id: council-vote
    date: 2024-06-11
    title: The council votes for a new budget
    kind: vote
    outcome: Adopted by 11 to 8.
    actors:
      council: votes
    sources:
      - id: minutes
        at: item 4
    claims:
      - about: cost
        by: council
        value: 18..21
        sources: [minutes]
    links:
      contradicts: [opening-announced]
"""


def write_starter(path: Path) -> None:
    """Write `STARTER` to a new file.

    Raises:
        TimelineError: the file exists already, or cannot be written.
    """
    try:
        file = path.open("x", encoding="utf-8")
        try:
            with file:
                file.write(STARTER)
        except OSError:
            path.unlink()  # whole or not at all
            raise
    except FileExistsError:
        raise TimelineError(f"{one_line(str(path))} exists already; it is left as it is") from None
    except OSError as error:
        raise TimelineError(f"{one_line(str(path))} cannot be written: {error.strerror}") from error
