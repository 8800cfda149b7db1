"""The picture that the screen begins with: under which conditions one is shown, and when one is kept."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.dates.date import today
from timeline_tui.storage.cache_setting import cache_setting
from timeline_tui.storage.file_stamps import observe
from timeline_tui.storage.kept_pictures import Conditions, KeptPictures, conditions
from timeline_tui.storage.private_files import Unusable, bytes_of
from timeline_tui.storage.program_version import screen_version
from timeline_tui.storage.visit_files import notes_folder, places_folder, timeline_name

if TYPE_CHECKING:
    from pathlib import Path

    from timeline_tui.storage.kept_pictures import Picture

_MOST_BYTES = 4 << 20
_SUFFIX = ".json"


class Stored(NamedTuple):
    """What is stored of a timeline that the screen shows: its content tells one state from another."""

    notes: bytes
    """Marks, notes and saved views; empty for none."""
    place: bytes
    """Where the reader was; empty if that is not known."""


def stored_of(path: Path) -> Stored | None:
    """What is stored of the timeline at a path; None if it cannot be read."""
    try:
        name = timeline_name(path, _SUFFIX)
        found = [bytes_of(folder / name, _MOST_BYTES) for folder in (notes_folder(), places_folder())]
    except (Unusable, ValueError):
        return None
    return Stored(found[0] or b"", found[1] or b"")


class FirstPicture:
    """The kept picture of a file on this terminal.

    Args:
        path: The file; standard input (`-`) has no picture.
        options: What was typed after the name of the program.
        settings: Whatever else the picture depends on.
    """

    def __init__(self, path: Path, options: object, settings: object) -> None:
        setting = cache_setting()
        usable = setting.bound and setting.path.is_absolute() and hasattr(os, "fork")
        self._kept = KeptPictures(setting.path if usable else None)
        self._path, self._options, self._settings = path, options, settings
        self._at_start = self._now(None) if usable else None

    def read(self) -> Picture | None:
        """The picture to show; None if there is none for how things are now."""
        stored = stored_of(self._path) if self._at_start else None
        wanted = self._now(stored) if stored is not None else None
        return self._kept.read(wanted) if wanted else None

    def keep(self, picture: Picture, stored: Stored) -> None:
        """Keep what the screen shows, unless the file or anything else has changed since the start.

        Args:
            picture: What a start shows first when this is stored.
            stored: What is stored of the timeline, as far as the screen knows.
        """
        if self._at_start is None or self._now(None) != self._at_start:
            return
        now = self._now(stored)
        if now is not None:
            self._kept.write(now, picture)

    def _now(self, stored: Stored | None) -> Conditions | None:
        seen = observe(self._path)
        if seen is None or not seen.settled or sys.__stdout__ is None:
            return None
        try:
            size = os.get_terminal_size(sys.__stdout__.fileno())
        except OSError:
            return None
        others = (seen.stamp, self._settings, today(), screen_version(), stored)
        return conditions(seen.path, self._options, (size.columns, size.lines), os.environ, others)
