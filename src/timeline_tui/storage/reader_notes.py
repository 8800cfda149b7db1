"""What a reader makes of a timeline: marks, notes and saved views, by event id, in the user's state folder.

Each timeline has a JSON file that people can read, named by a hash of the timeline's path. A change reads the
file again, under a lock, so that two programs do not lose each other's marks. Nothing is ever thrown away: a
file that cannot be understood is set aside before another one is written. No failure is an error: a notice
says what is wrong.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from timeline_tui.storage.private_files import PrivateFolder, Unusable, bytes_of
from timeline_tui.storage.visit_files import notes_folder, timeline_name
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MOST_BYTES: Final = 4 << 20
"""A file with more bytes is neither read nor written."""
MOST_ENTRIES: Final = 10_000
"""The greatest number of marks, and of notes, in a file."""
LONGEST_NOTE: Final = 10_000
"""Characters of a note."""
MOST_VIEWS: Final = 200
LONGEST_NAME: Final = 60
"""Characters of the name of a view."""
SUFFIX: Final = ".json"
_VERSION: Final = 1
_NOT_KEPT: Final = "Nothing is kept of a timeline from standard input, or in a browser."
_MOST_OTHERS: Final = 200
"""How many files of other timelines are searched."""


class Note(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reader's note on an event."""

    text: str
    title: str = ""
    """The title of the event when the note was written, to tell which one it was when the event is gone."""


class SavedView(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A view under a name. All of it is text as it is typed, so that people can read it."""

    query: str = ""
    known_on: str = ""
    """A day; empty for all that is known."""
    without: tuple[str, ...] = ()
    days_from: str = ""
    """A day; empty for dates as they are."""
    sort: str = ""
    zone: str = ""
    picture: str = ""
    """The name of the picture in place of the list; empty for the list."""
    by: str = ""
    """What the picture is by; empty for what it begins with."""
    days: str = ""
    """The days that the picture shows, `2024-11-01..2024-11-30`; empty for all."""


class _Stored(msgspec.Struct, forbid_unknown_fields=True):
    version: int
    path: str
    title: str
    marks: dict[str, str] = {}
    notes: dict[str, Note] = {}
    views: dict[str, SavedView] = {}


class _Versioned(msgspec.Struct):
    version: int


@dataclass(frozen=True, eq=False)
class ReaderNotes:
    """What a reader made of a timeline; raw text, which must be made visible before it is shown."""

    marks: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """The title of each marked event when it was marked, by the event's id, in the order of marking."""
    notes: Mapping[str, Note] = field(default_factory=lambda: MappingProxyType({}))
    """By the event's id, in the order of writing."""
    views: Mapping[str, SavedView] = field(default_factory=lambda: MappingProxyType({}))
    """By name."""
    elsewhere: tuple[OtherNotes, ...] = ()
    """What was made of timelines at other paths that may be this one; empty until it is looked for."""

    def __bool__(self) -> bool:
        return bool(self.marks or self.notes or self.views)

    def has_all_of(self, other: ReaderNotes) -> bool:
        """Whether others have nothing that these do not have."""
        after = self.joined(other)
        return (after.marks, after.notes, after.views) == (self.marks, self.notes, self.views)

    def with_mark(self, event: str, title: str, *, marked: bool) -> ReaderNotes:
        """These with an event marked, or no longer marked."""
        marks = {id_: text for id_, text in self.marks.items() if id_ != event}
        return replace(self, marks={**marks, event: title} if marked else marks)

    def with_note(self, event: str, title: str, text: str) -> ReaderNotes:
        """These with a note on an event in the place of the one before; without any for an empty text."""
        notes = {id_: note for id_, note in self.notes.items() if id_ != event}
        return replace(self, notes={**notes, event: Note(text, title)} if text else notes)

    def with_view(self, name: str, view: SavedView | None) -> ReaderNotes:
        """These with a view saved under a name; without it for None."""
        views = {other: saved for other, saved in self.views.items() if other != name}
        return replace(self, views=views if view is None else {**views, name: view})

    def joined(self, other: ReaderNotes) -> ReaderNotes:
        """These and others; where both have a note on an event, both are kept, the other one second.

        A view whose name is taken by another view gets a name with a number.
        """
        notes = dict(self.notes)
        for id_, note in other.notes.items():
            own = notes.get(id_)
            if own is None:
                notes[id_] = note
            elif note.text not in own.text:
                notes[id_] = Note(f"{own.text}\n{note.text}", own.title)
        views = dict(self.views)
        for name, view in other.views.items():
            if view not in views.values():
                views[_free_name(name, views)] = view
        return ReaderNotes({**other.marks, **self.marks}, notes, views)

    @property
    def too_much(self) -> str:
        """Why they cannot be stored, in words; empty if they can."""
        if len(self.marks) > MOST_ENTRIES or len(self.notes) > MOST_ENTRIES:
            return f"there are more than {MOST_ENTRIES:,} marks or notes"
        if len(self.views) > MOST_VIEWS:
            return f"there are more than {MOST_VIEWS} saved views"
        if any(len(note.text) > LONGEST_NOTE for note in self.notes.values()):
            return f"a note has more than {LONGEST_NOTE:,} characters"
        return ""


NOTHING_MADE: Final = ReaderNotes()


class Kept(NamedTuple):
    """What is stored, and what is wrong."""

    notes: ReaderNotes
    notice: str = ""
    """What is wrong, as a sentence on one line; empty if nothing is."""
    raw: bytes = b""
    """The stored file, whose bytes tell one state from another."""
    is_done: bool = True
    """Whether it could be read or changed."""


class OtherNotes(NamedTuple):
    """What was made of a timeline at another path."""

    name: str
    """Of its file in the folder."""
    path: str
    title: str
    notes: ReaderNotes
    is_gone: bool
    """Whether there is no file at that path any more."""


class _BrokenError(Exception):
    """A stored file cannot be understood; the text says why."""


class _NewerError(_BrokenError):
    """A stored file is from a newer version of the program, which it must stay for."""


class NotesFile:
    """The file with what was made of one timeline.

    Args:
        path: Of the timeline.
        folder: The folder of all such files; None for that of this user.
    """

    def __init__(self, path: Path, folder: Path | None = None) -> None:
        self._path = path
        self._folder = PrivateFolder(notes_folder() if folder is None else folder)
        try:
            self._name = timeline_name(path, SUFFIX) if str(path) != "-" else ""
        except ValueError:
            self._name = ""

    def read(self) -> Kept:
        """What was made so far."""
        if not self._name:
            return Kept(NOTHING_MADE)
        try:
            data = bytes_of(self._folder.path / self._name, MOST_BYTES)
            return Kept(_parsed(data).notes, raw=data) if data is not None else Kept(NOTHING_MADE)
        except _BrokenError as error:
            return Kept(NOTHING_MADE, self._unread(error), is_done=False)
        except Unusable as error:
            notice = one_line(f"Your marks and notes cannot be read: {error}.")
            return Kept(NOTHING_MADE, notice, is_done=False)

    def _unread(self, error: _BrokenError) -> str:
        where = self._folder.path / self._name
        after = "" if isinstance(error, _NewerError) else " A change sets it aside and begins anew."
        return one_line(f"Your marks and notes cannot be read: {error}. They are in {where}.{after}")

    def change(self, title: str, change: Callable[[ReaderNotes], ReaderNotes]) -> Kept:
        """Change what is stored, with all that other programs have stored since.

        Args:
            title: Of the timeline, to recognise the file by.
            change: Makes what is to be stored of what is stored.

        Returns:
            What is stored now; if it could not be changed, why.
        """
        if not self._name:
            return Kept(NOTHING_MADE, _NOT_KEPT, is_done=False)
        notice = ""
        before = NOTHING_MADE
        try:
            with self._folder.changing():
                data = bytes_of(self._folder.path / self._name, MOST_BYTES)
                try:
                    before = _parsed(data).notes if data is not None else before
                except _NewerError:
                    raise
                except _BrokenError as error:
                    aside = self._folder.set_aside(self._name)
                    notice = f"The notes before could not be read ({error}); they are kept as {aside}."
                after = change(before)
                new = self._packed(title, after)
                self._folder.put(self._name, new)
        except (Unusable, _BrokenError) as error:
            return Kept(before, one_line(f"This is not kept: {error}."), is_done=False)
        return Kept(after, one_line(notice), new)

    def _packed(self, title: str, notes: ReaderNotes) -> bytes:
        if problem := notes.too_much:
            raise Unusable(problem)
        stored = _Stored(
            _VERSION,
            os.path.realpath(self._path),
            title,
            dict(notes.marks),
            dict(notes.notes),
            dict(notes.views),
        )
        try:
            data = msgspec.json.format(msgspec.json.encode(stored), indent=2) + b"\n"
        except (msgspec.MsgspecError, ValueError) as error:
            raise Unusable("it has characters that no file can have") from error
        if len(data) > MOST_BYTES:
            raise Unusable("there are too many notes")
        return data

    def others(self) -> Iterator[OtherNotes]:
        """What was made of timelines at other paths, the newest first; what cannot be read is left out."""
        if not self._name:
            return
        try:
            found = [path for path in self._folder.path.iterdir() if path.suffix == SUFFIX]
        except (OSError, ValueError):
            return
        found = [path for path in found if path.name != self._name]
        for path in sorted(found, key=_modified, reverse=True)[:_MOST_OTHERS]:
            try:
                data = bytes_of(path, MOST_BYTES)
                stored = _parsed(data or b"")
            except (Unusable, _BrokenError):
                continue
            yield OtherNotes(path.name, stored.path, stored.title, stored.notes, _is_gone(stored.path))


class _Parsed(NamedTuple):
    path: str
    title: str
    notes: ReaderNotes


def _parsed(data: bytes) -> _Parsed:
    try:
        if msgspec.json.decode(data, type=_Versioned).version > _VERSION:
            raise _NewerError("the file is from a newer version of this program")
        stored = msgspec.json.decode(data, type=_Stored)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise _BrokenError(f"the file is damaged ({_first_words(error)})") from error
    return _Parsed(stored.path, stored.title, ReaderNotes(stored.marks, stored.notes, stored.views))


def _first_words(error: Exception) -> str:
    return one_line(str(error))[:80] or "it cannot be read"


def _is_gone(path: str) -> bool:
    try:
        return not Path(path).exists()
    except (OSError, ValueError):
        return True


def _modified(path: Path) -> int:
    try:
        return path.lstat().st_mtime_ns
    except OSError:
        return 0


def _free_name(name: str, taken: Mapping[str, SavedView]) -> str:
    if name not in taken:
        return name
    return next(f"{name} {number}" for number in range(2, len(taken) + 3) if f"{name} {number}" not in taken)
