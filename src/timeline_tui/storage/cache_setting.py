"""Where the cache of this user is, and how large it may become. Loads little: the first frame waits."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from timeline_tui.text.byte_sizes import parse_size
from timeline_tui.text.sanitize import one_line

VARIABLE = "TIMELINE_TUI_CACHE"
"""The environment variable with the size limit of the cache: `500MB`, `2GB`, `0` for none."""

DEFAULT_BOUND = 4_000_000_000
"""Bytes."""


class CacheSetting(NamedTuple):
    """Where the cache is, and its limit."""

    path: Path
    """Absolute; `.` if there is no home folder, which is never used."""
    bound: int
    """Bytes; 0 to cache nothing."""
    notice: str = ""
    """What is wrong with the setting; usually empty."""


def cache_setting() -> CacheSetting:
    """The user's cache folder, with the limit that the environment sets."""
    import platformdirs  # noqa: PLC0415  only for files that are large enough

    try:
        path = platformdirs.user_cache_path("timeline-tui")
    except RuntimeError:
        # There is no home; a relative folder is never used.
        path = Path()
    setting = os.environ.get(VARIABLE, "").strip()
    bound = parse_size(setting) if setting else DEFAULT_BOUND
    if bound is not None:
        return CacheSetting(path, bound)
    notice = one_line(f"{VARIABLE}={setting} is not a size; use for example 500MB, 2GB or 0")
    return CacheSetting(path, DEFAULT_BOUND, notice)
