"""What tells this program, as it is installed, from every version of it that would make another index.

That is all its source but that of the screen, which makes no index, the libraries that take part, the
time zones of the system and Python itself. Nothing of it is read, as that would take longer than to find
an index: of files it counts how they look to the file system, whose time of the last change nobody can
set back; of libraries, the versions in the names of what their installation leaves.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from timeline_tui.index.columns import SCHEMA
from timeline_tui.storage.file_stamps import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LIBRARIES = frozenset(
    {"timeline_tui", "icalendar", "msgspec", "python_dateutil", "pyyaml", "typing_extensions", "tzdata"}
)
"""The distributions that may take part in making an index."""
ASIDE = frozenset({"tui", "__pycache__"})
"""Folders of the package of which nothing shapes an index."""

_ZONES = "/usr/share/zoneinfo/tzdata.zi"
"""What changes with every version of the system's time zones."""


@cache
def program_version() -> str:
    """The version of this program, in lower-case letters, digits and dots."""
    return version_of(Path(__file__).parents[1], sys.path)


def version_of(package: Path, search: Sequence[str]) -> str:
    """The version of the program in a folder.

    Args:
        package: The folder, or what would be one if it did not lie in an archive.
        search: Where libraries are looked for, as in `sys.path`.
    """
    python = sys.implementation.cache_tag, sys.hexversion, sys.byteorder, sqlite3.sqlite_version
    found = (str(package), python, _look(_ZONES), sorted(_sources(package)), sorted(_libraries(search)))
    return f"{SCHEMA}.{key(repr(found).encode('utf-8', 'surrogatepass'))}"


def _sources(package: Path) -> Iterator[tuple[object, ...]]:
    """How the files of a package look, those in its folders as well."""
    if not package.is_dir():
        # It lies in an archive.
        yield from (_look(str(parent)) for parent in package.parents if parent.is_file())
        return
    folders = [str(package)]
    while folders:
        with os.scandir(folders.pop()) as items:
            for item in items:
                if item.is_dir():
                    folders += [] if item.name in ASIDE else [item.path]
                else:
                    about = item.stat()
                    yield item.path, about.st_size, about.st_mtime_ns, about.st_ctime_ns


def _libraries(search: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """What the installation of each library has left, its version in its name."""
    own = str(Path(os.__file__).parent)
    for folder in search:
        if folder.startswith(own) and "-packages" not in folder[len(own) :]:
            # Python's own, told by its version.
            continue
        with suppress(OSError), os.scandir(folder or ".") as items:
            for item in items:
                name = item.name
                if name.endswith("-info") and name.partition("-")[0].lower().replace(".", "_") in LIBRARIES:
                    yield item.path, item.stat().st_mtime_ns


def _look(path: str) -> tuple[object, ...]:
    with suppress(OSError):
        about = Path(path).stat()
        return path, about.st_size, about.st_mtime_ns, about.st_ctime_ns
    return (path,)
