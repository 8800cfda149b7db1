"""What a reader makes of a timeline: each change is stored, then shown."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from timeline_tui.storage.reader_notes import LONGEST_NAME, NotesFile, OtherNotes
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline_tui.storage.reader_notes import Kept, ReaderNotes
    from timeline_tui.timeline.protocol import TimelineView as View
    from timeline_tui.tui.screens.picture_flow import PictureFlow
    from timeline_tui.tui.screens.protocol import TimelineScreen

_MOST_OFFERED = 10
"""How many files with notes on other paths are offered."""


class ReaderFlow:
    """Marks, notes and saved views of the timeline on the main screen.

    Args:
        screen: The main screen.
        pictures: Shows its pictures.
        path: Of the timeline; `-` to keep nothing.
    """

    def __init__(self, screen: TimelineScreen, pictures: PictureFlow, path: str) -> None:
        self._screen, self._pictures = screen, pictures
        self._file = NotesFile(Path(path))
        self.raw = b""
        """What is stored, as far as it is shown."""

    def read(self) -> Kept:
        """What is stored."""
        kept = self._file.read()
        self.raw = kept.raw
        return kept

    def _change(self, change: Callable[[ReaderNotes], ReaderNotes]) -> bool:
        screen = self._screen
        kept = self._file.change(screen.state.view.title, change)
        if kept.notice:
            screen.notify(kept.notice, severity="warning", markup=False)
        if kept.is_done:
            self.raw = kept.raw
            self._show(kept.notes)
        return kept.is_done

    def _show(self, notes: ReaderNotes) -> None:
        self._screen.show(self._screen.state.next_view.with_reader(notes))

    def toggle_mark(self) -> None:
        """Mark the event that a key acts on, or take its mark away."""
        screen, view, target = self._screen, self._screen.state.view, self._screen.target
        if target is None:
            screen.notify("No event is selected.", markup=False)
            return
        event = view.event(target.key)
        marked = event.id not in view.reader.marks
        done = self._change(lambda notes: notes.with_mark(event.id, event.title, marked=marked))
        if done and screen.open_page is not None:
            screen.notify(
                f"{'Marked' if marked else 'No longer marked'}: {one_line(event.title)}", markup=False
            )

    def note(self, view: View, key: int, text: str) -> None:
        """Put a note on an event; an empty text takes the note away."""
        if 0 <= key < view.total:
            event = view.event(key)
            self._change(lambda notes: notes.with_note(event.id, event.title, text.strip()))

    def show_or_save_view(self, name: str) -> None:
        """Show the view that was saved under a name; if there is none, save this one."""
        from timeline_tui.tui.saved_views import opened_view, saved_view, shown_as  # noqa: PLC0415  not before the first frame

        screen, view = self._screen, self._screen.state.next_view
        name = " ".join(name.split())[:LONGEST_NAME]
        saved = view.reader.views.get(name)
        if saved is None:
            made = saved_view(view, self._pictures.shown_as)
            if self._change(lambda notes: notes.with_view(name, made)):
                screen.notify(
                    f"Saved as {one_line(name)}; :view {one_line(name)} shows it again.", markup=False
                )
            return
        found, shown = opened_view(view, saved), shown_as(saved, view.per_day)
        if isinstance(found, str) or isinstance(shown, str):
            wrong = found if isinstance(found, str) else shown
            screen.notify(f"{one_line(name)}: {wrong}", severity="warning", markup=False)
        else:
            self._pictures.show_as(found, shown)

    def forget_view(self, name: str) -> None:
        """Remove a view that was saved."""
        self._change(lambda notes: notes.with_view(name, None))

    def look_elsewhere(self) -> None:
        """Find what was made of timelines at other paths that may be this one."""
        view = self._screen.state.next_view
        found = tuple(islice((other for other in self._file.others() if _may_be(other, view)), _MOST_OFFERED))
        if found != view.reader.elsewhere:
            self._show(replace(view.reader, elsewhere=found))

    def tell_what_moved(self) -> None:
        """Say where notes are that may have been written on this timeline before its file moved."""
        view = self._screen.state.next_view
        if view.reader:
            return
        moved = next((other for other in self._file.others() if other.is_gone and _may_be(other, view)), None)
        if moved is not None:
            text = f"There are marks or notes of {moved.path}, which is gone. :notes takes them over."
            self._screen.notify(one_line(text), markup=False)

    def take_over(self, name: str) -> None:
        """Add what was made of a timeline at another path, whose stored file stays as it is."""
        view = self._screen.state.next_view
        other = next((other for other in view.reader.elsewhere if other.name == name), None)
        if other is not None and self._change(lambda notes: notes.joined(other.notes)):
            self._screen.notify(
                "They are taken over; the file of the other path stays as it is.", markup=False
            )
            self.look_elsewhere()


def _may_be(other: OtherNotes, view: View) -> bool:
    """Whether what was made elsewhere may belong to a timeline: it shares events, and path or title tell."""
    ids = (*other.notes.marks, *other.notes.notes)
    shares = any(view.key_of(id_) is not None for id_ in ids) or (not ids and bool(other.notes.views))
    is_this = other.is_gone or one_line(other.title) == view.title
    return shares and is_this and not view.reader.has_all_of(other.notes)
