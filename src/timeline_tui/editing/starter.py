"""The file that `timeline-tui new` writes: an empty timeline, or the example of a bridge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.editing.adding import NewRecords, known_records, with_new_records
from timeline_tui.editing.atomic_write import write_whole
from timeline_tui.editing.interview import new_actor
from timeline_tui.editing.yaml_writer import scalar
from timeline_tui.text.sanitize import one_line

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


_EMPTY = """\
# {command} opens this timeline; there A adds an event, and ? shows all keys.
# `timeline-tui check` says what is wrong with the file.
title: {title}
format: 1.1

# What the story is about, and what it leaves out:
# description: …

# Only date and title are required of an event:
#   - date: 1789-07-14
#     title: Storming of the Bastille
#     place: Paris
#     status: confirmed            # or claimed, disputed, denied, scheduled, cancelled
#     actors: [crowd]              # their ids, which are listed under actors:
#     sources: [le-moniteur]       # their ids, which are listed under sources:
events: []
"""
_FOR_EDITORS = """
# Editors complete and check this file by the line below.
# yaml-language-server: $schema={}
"""
_HERE = """\
# That file is on this machine. Before you share the timeline, run
# `timeline-tui schema > timeline.schema.json` beside it, and end the line with $schema=timeline.schema.json
"""


def starter(path: Path, title: str = "", actors: str = "", schema: str = "") -> str:
    """A timeline without events.

    Args:
        path: Where it is to be; its name is the title if none is given.
        title: Of the timeline.
        actors: Names, joined by commas, each with a kind if it is known: `Louis XVI: person, crowd`.
        schema: A relative path or an address without white space, as `schema.schema_for()` gives it; empty
            for none.

    Raises:
        UsageError: The title or an actor is not valid.
    """
    title = title.strip() or path.stem.replace("-", " ").replace("_", " ").strip() or "Untitled"
    command = one_line(f"`timeline-tui {path.name}`")
    text = _EMPTY.format(command=command, title=scalar(title)) + _for_editors(schema)
    known, new_records = known_records(text.encode()), NewRecords({}, {})
    for name in filter(None, map(str.strip, actors.split(","))):
        new_actor(name if ":" in name else f"{name}: other", known, new_records)
    data = text.encode()
    for state in with_new_records(data, new_records, known, path.name):
        data = state
    return data.decode()


def _for_editors(schema: str) -> str:
    if not schema:
        return ""
    return _FOR_EDITORS.format(schema) + (_HERE if schema.startswith("file:") else "")


def example(schema: str = "") -> str:
    """The example of a bridge, with lines at its end that name the schema for editors."""
    return STARTER + _for_editors(schema)


def write_starter(path: Path, text: str) -> None:
    """Write a timeline to a new file.

    Raises:
        TimelineError: the file exists already, or cannot be written.
    """
    write_whole(path, text, replace=False)
