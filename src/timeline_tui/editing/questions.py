"""The questions about a new event. Help shows them too, so this loads little."""

from __future__ import annotations

from typing import NamedTuple

from timeline_tui.dates.typed import EXAMPLES

_STATUSES = ("confirmed", "claimed", "disputed", "denied", "scheduled", "postponed", "cancelled")


class Question(NamedTuple):
    """A question about a new event, or an option of the command line."""

    name: str
    """The key of the event, or a name for what becomes a part of one."""
    prompt: str
    """Without a colon at its end."""
    required: bool
    hint: str
    """What can be typed; may be empty."""
    after: str = ""
    """The question that needs an answer first, or else this one is not asked; empty for none."""
    choices: tuple[str, ...] = ()
    """The only answers that are possible; empty if any are."""

    @property
    def option(self) -> str:
        """The option of the command line that answers it: `--translated-from`."""
        return f"--{self.name.replace('_', '-')}"

    @property
    def label(self) -> str:
        """What it is called where there is little room: `Translated from`."""
        return self.name.replace("_", " ").capitalize()


def questions() -> tuple[Question, ...]:
    """The questions in order; an empty answer leaves out a field that is not required."""
    return (
        Question("date", "Date", required=True, hint=EXAMPLES),
        Question("title", "What happened, in one line", required=True, hint=""),
        Question("kind", "Kind", required=False, hint="meeting, statement, vote, …"),
        Question("place", "Place", required=False, hint="a town, a building, a region"),
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
        Question("known", "When it became public", required=False, hint="a date, if not that of the event"),
        Question(
            "status",
            "Status",
            required=False,
            hint=f"{', '.join(_STATUSES)}; nothing if it happened",
            choices=_STATUSES,
        ),
        Question("by", "Who says so", required=False, hint="names or ids of actors", after="status"),
        Question("as_of", "As of", required=False, hint="the day from which that is known", after="status"),
        Question("quote", "A quote", required=False, hint="the speaker, a colon, the words"),
        Question("language", "Language of the quote", required=False, hint="en, pt-BR, …", after="quote"),
        Question("translated_from", "Translated from", required=False, hint="ko, ru, …", after="quote"),
        Question("original", "The original words", required=False, hint="", after="translated_from"),
        Question(
            "claim",
            "A claim",
            required=False,
            hint="the topic, a colon, a figure or words, by whom: troops: 8000, by ukraine",
        ),
        Question(
            "links",
            "Links",
            required=False,
            hint="how, a colon, the id of an event, separated by commas: responds-to: invasion",
        ),
    )
