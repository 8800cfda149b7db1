"""The version of this program as installed: it differs if the program would build another index.

It depends on all source files except those of the screen, on the libraries that take part, on the time zones
of the system and on Python itself. None of them is read, as that would take longer than finding an index:
files count by their size and times, of which the time of the last change cannot be set back; libraries count
by the versions in the names of their metadata.
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
    {
        "timeline_tui",
        "defusedxml",
        "icalendar",
        "markupsafe",
        "msgspec",
        "openpyxl",
        "python_calamine",
        "python_dateutil",
        "pyyaml",
        "recurring_ical_events",
        "six",
        "typing_extensions",
        "tzdata",
        "x_wr_timezone",
        "zstandard",
    }
)
"""The distributions that may take part in building an index."""
SCREEN_LIBRARIES = frozenset({"rich", "textual", "markdown_it_py"})
"""The distributions that take part in painting the screen."""
NOT_OURS = frozenset({"__pycache__"})
ASIDE = NOT_OURS | {"tui"}
"""Folders of the package that do not affect an index."""

_ZONES = "/usr/share/zoneinfo/tzdata.zi"
"""A file that changes with every version of the system's time zones."""


@cache
def program_version() -> str:
    """The version of this program, in lower-case letters, digits and dots."""
    return version_of(Path(__file__).parents[1], sys.path)


@cache
def screen_version() -> str:
    """The version of this program with everything that the screen depends on."""
    return version_of(Path(__file__).parents[1], sys.path, NOT_OURS, LIBRARIES | SCREEN_LIBRARIES)


def version_of(
    package: Path,
    search: Sequence[str],
    aside: frozenset[str] = ASIDE,
    libraries: frozenset[str] = LIBRARIES,
) -> str:
    """The version of the program in a folder.

    Args:
        package: The folder, or its path in an archive.
        search: Where libraries are searched for, as in `sys.path`.
        aside: The subfolders that do not count.
        libraries: The distributions that count.
    """
    python = sys.implementation.cache_tag, sys.hexversion, sys.byteorder, sqlite3.sqlite_version
    found = (
        str(package),
        python,
        _look(_ZONES),
        sorted(_sources(package, aside)),
        sorted(_libraries(search, libraries)),
    )
    return f"{SCHEMA}.{key(repr(found).encode('utf-8', 'surrogatepass'))}"


def _sources(package: Path, aside: frozenset[str]) -> Iterator[tuple[object, ...]]:
    """Size and times of the files of a package, including its subfolders."""
    if not package.is_dir():
        # The package is in an archive.
        yield from (_look(str(parent)) for parent in package.parents if parent.is_file())
        return
    folders = [str(package)]
    while folders:
        with os.scandir(folders.pop()) as items:
            for item in items:
                if item.is_dir():
                    folders += [] if item.name in aside else [item.path]
                else:
                    about = item.stat()
                    yield item.path, about.st_size, about.st_mtime_ns, about.st_ctime_ns


def _libraries(search: Sequence[str], libraries: frozenset[str]) -> Iterator[tuple[object, ...]]:
    """The metadata folder of each library, whose name has its version."""
    own = str(Path(os.__file__).parent)
    for folder in search:
        if folder.startswith(own) and "-packages" not in folder[len(own) :]:
            # Python's own library, which its version stands for.
            continue
        with suppress(OSError), os.scandir(folder or ".") as items:
            for item in items:
                name = item.name
                if name.endswith("-info") and name.partition("-")[0].lower().replace(".", "_") in libraries:
                    yield item.path, item.stat().st_mtime_ns


def _look(path: str) -> tuple[object, ...]:
    with suppress(OSError):
        about = Path(path).stat()
        return path, about.st_size, about.st_mtime_ns, about.st_ctime_ns
    return (path,)
