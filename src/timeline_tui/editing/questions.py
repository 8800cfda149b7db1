"""The questions about a new event. Help shows them too, so this loads little."""

from __future__ import annotations

from typing import NamedTuple

from timeline_tui.dates.typed import EXAMPLES


class Question(NamedTuple):
    """A question about a new event, or an option of the command line."""

    name: str
    """The key of the event."""
    prompt: str
    """Without a colon at its end."""
    required: bool
    hint: str
    """What can be typed; may be empty."""


def questions() -> tuple[Question, ...]:
    """The questions in order; an empty answer leaves out a field that is not required."""
    return (
        Question("date", "Date", required=True, hint=EXAMPLES),
        Question("title", "What happened, in one line", required=True, hint=""),
        Question("kind", "Kind", required=False, hint="meeting, statement, vote, …"),
        Question("place", "Place", required=False, hint=""),
        Question("text", "What happened, in full", required=False, hint="Markdown"),
        Question(
            "actors",
            "Actors",
            required=False,
            hint="names or ids, separated by commas; a role after a colon",
        ),
        Question("tags", "Tags", required=False, hint="separated by commas"),
        Question(
            "sources",
            "Sources",
            required=False,
            hint="titles or ids, separated by commas; a place such as page 4 after a colon",
        ),
    )
