"""Folders for what the cache has no room for; each goes with the process that uses it."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path


def spare_folder() -> Path:
    """A new folder of this process.

    Raises:
        OSError: It cannot be made.
    """
    return Path(tempfile.mkdtemp(prefix=_prefix(os.getpid())))


def remove_spare_folders(pid: int) -> None:
    """Take away the folders of a process that is gone, as far as that can be done."""
    for place in Path(tempfile.gettempdir()).glob(f"{_prefix(pid)}*"):
        shutil.rmtree(place, ignore_errors=True)


def _prefix(pid: int) -> str:
    return f"timeline-tui-{pid}-"
