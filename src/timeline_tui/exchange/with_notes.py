"""A view whose events tell the reader's marks and notes, as fields that the format does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from collections import Counter

    from timeline_tui.model.records import Event

MARK: Final = "reader-mark"
NOTE: Final = "reader-note"
"""The keys that tell that a mark or a note is the reader's and not the file's."""
_LOST: Final = "marks and notes of the reader"
_NOT_HERE: Final = "marks and notes of the reader on events that are not exported"


class ViewWithNotes(View):
    """A view whose events have the reader's marks and notes."""

    def event(self, key: int) -> Event:
        """The event with that key as known, raw, with the reader's mark and note.

        Raises:
            KeyError: There is none.
        """
        event = super().event(key)
        own = {}
        if event.id in self.reader.marks:
            own[_free(MARK, event)] = "yes"
        if (note := self.reader.notes.get(event.id)) is not None:
            own[_free(NOTE, event)] = note.text
        return msgspec.structs.replace(event, extra={**event.extra, **own}) if own else event


def with_notes(view: View) -> View:
    """A view whose events tell the reader's marks and notes."""
    fields = (view.query, view.today, view.known_on, view.without, view.origin, view.newest, view.zone)
    return ViewWithNotes(view.index, *fields, view.reader).knowing(view)


def count_lost(lost: Counter[str], view: View, *, told: bool) -> None:
    """Count the marks and notes that an export does not have.

    Args:
        lost: What was left out.
        view: What was exported.
        told: Whether the format holds those on the events of the view.
    """
    for ids in (view.reader.marks, view.reader.notes):
        for key in map(view.key_of, ids):
            is_here = key is not None and view.has(key)
            lost[_LOST if is_here else _NOT_HERE] += not (is_here and told)


def _free(name: str, event: Event) -> str:
    """A key that the event does not have."""
    while name in event.extra:
        name += "-2"
    return name
