"""The small timeline that `timeline-tui new` writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.editing.atomic_write import write_whole

if TYPE_CHECKING:
    from pathlib import Path

STARTER = """\
# A timeline for timeline-tui: change it, then run `timeline-tui check` on it.
format: 1.1
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


_FOR_EDITORS = """\
# yaml-language-server: $schema={}
"""
_HERE = """\
# With the line above, editors on this machine complete and check this file. Before you share it, run
# `timeline-tui schema > timeline.schema.json` beside it, and end the line with $schema=timeline.schema.json
"""


def starter(schema: str = "") -> str:
    """`STARTER`, with a first line that names the schema for editors.

    Args:
        schema: A relative path or an address without white space, as `schema.schema_for()` gives it; empty
            for none.
    """
    if not schema:
        return STARTER
    return _FOR_EDITORS.format(schema) + (_HERE if schema.startswith("file:") else "") + STARTER


def write_starter(path: Path, schema: str = "") -> None:
    """Write `starter(schema)` to a new file.

    Raises:
        TimelineError: the file exists already, or cannot be written.
    """
    write_whole(path, starter(schema), replace=False)
