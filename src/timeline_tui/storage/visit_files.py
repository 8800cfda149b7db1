"""Where it is stored what was seen and made of a timeline, and whether anything is: quick to ask."""

from __future__ import annotations

import os
from pathlib import Path


def visits_folder() -> Path:
    """The folder of this user's visits, which need not exist; a relative path without a home folder."""
    return _state_folder("visits")


def notes_folder() -> Path:
    """The folder of this user's marks, notes and saved views; as `visits_folder()`."""
    return _state_folder("notes")


def places_folder() -> Path:
    """The folder of where this user was in each timeline; as `visits_folder()`."""
    return _state_folder("places")


def mappings_folder() -> Path:
    """The folder of what this user has said about the columns of others' data; as `visits_folder()`."""
    return _state_folder("mappings")


def _state_folder(name: str) -> Path:
    import platformdirs  # noqa: PLC0415  nothing else needs it where nothing is asked for

    try:
        return platformdirs.user_state_path("timeline-tui") / name
    except RuntimeError:
        return Path()


def visit_name(path: Path) -> str:
    """The name of the file of visits about the timeline at `path`.

    Raises:
        ValueError: There can be no such path.
    """
    return timeline_name(path, ".visit")


def timeline_name(path: Path, suffix: str) -> str:
    """The name of a file about the timeline at `path`.

    Raises:
        ValueError: There can be no such path.
    """
    import hashlib  # noqa: PLC0415  takes longer to load than a small file to open

    # `Path.resolve()` fails where links lead in circles.
    whole = os.path.realpath(path)
    return f"{hashlib.blake2b(os.fsencode(whole), digest_size=16).hexdigest()}{suffix}"


def is_first_visit(path: Path) -> bool:
    """Whether no visit of the timeline at `path` is stored; False for standard input, and if unknown."""
    folder = visits_folder()
    if str(path) == "-" or not folder.is_absolute():
        return False
    try:
        return not (folder / visit_name(path)).exists()
    except (OSError, ValueError):
        return False
