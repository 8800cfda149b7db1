"""The picture that the screen begins with: under which conditions one is shown, and when one is kept."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from timeline_tui.dates.date import today
from timeline_tui.storage.cache_setting import cache_setting
from timeline_tui.storage.file_stamps import observe
from timeline_tui.storage.kept_pictures import Conditions, KeptPictures, conditions
from timeline_tui.storage.program_version import screen_version

if TYPE_CHECKING:
    from pathlib import Path

    from timeline_tui.storage.kept_pictures import Picture


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
        self._conditions = self._now() if usable else None

    def read(self) -> Picture | None:
        """The picture to show; None if there is none for how things are now."""
        return self._kept.read(self._conditions) if self._conditions else None

    def keep(self, picture: Picture) -> None:
        """Keep what the screen shows, unless the file or anything else has changed since the start."""
        now = self._now() if self._conditions else None
        if now is not None and now == self._conditions:
            self._kept.write(now, picture)

    def _now(self) -> Conditions | None:
        seen = observe(self._path)
        if seen is None or not seen.settled or sys.__stdout__ is None:
            return None
        try:
            size = os.get_terminal_size(sys.__stdout__.fileno())
        except OSError:
            return None
        others = (seen.stamp, self._settings, today(), screen_version())
        return conditions(seen.path, self._options, (size.columns, size.lines), os.environ, others)
