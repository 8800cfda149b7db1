"""Temporary folders for indexes that do not fit into the cache; removed with their process."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path


def temporary_folder() -> Path:
    """A new temporary folder of this process.

    Raises:
        OSError: It cannot be made.
    """
    return Path(tempfile.mkdtemp(prefix=_prefix(os.getpid())))


def remove_temporary_folders(pid: int) -> None:
    """Remove the folders of a process that has ended, as far as possible."""
    for place in Path(tempfile.gettempdir()).glob(f"{_prefix(pid)}*"):
        shutil.rmtree(place, ignore_errors=True)


def _prefix(pid: int) -> str:
    return f"timeline-tui-{pid}-"
