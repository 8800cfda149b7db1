"""`cache`: the cached indexes of large files."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from timeline_tui.cli.printing import complain, print_lines
from timeline_tui.cli.table import DONE
from timeline_tui.storage.cache_folder import FolderContents, NoCache
from timeline_tui.storage.cache_setting import VARIABLE
from timeline_tui.storage.index_cache import Cache
from timeline_tui.text.byte_sizes import format_size
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator


def cache(options: Namespace) -> int:
    """`cache`: list the cached indexes, or delete them."""
    index_cache = Cache.of_user()
    if index_cache.notice:
        complain(f"timeline-tui: {index_cache.notice}")
    print_lines(cleared_lines(index_cache) if options.clear else cache_lines(index_cache))
    return DONE


def cache_lines(index_cache: Cache) -> Iterator[str]:
    """The folder, each timeline in it (last used first), and how much of the size limit they take.

    Raises:
        NoCache: The folder cannot be used.
    """
    found = _contents(index_cache)
    yield one_line(str(index_cache.folder.path))
    marks = [marked.mark for marked in found.marks if marked.mark]
    for held in sorted(found.databases, key=lambda held: -held.used):
        name = held.database.name
        paths = [os.fsdecode(mark.seen.path) for mark in marks if mark.database == name]
        used = time.strftime("%Y-%m-%d %H:%M", time.localtime(held.used / 1e9))
        whose = " = ".join(map(one_line, paths)) or "a file not seen since"
        yield f"{format_size(held.size):>10}  {used}  {whose}"
    if busy := sum(place.busy for place in found.build_folders):
        yield f"{busy} being built"
    timelines = _timelines(len(found.databases))
    yield f"{timelines}, {format_size(found.size)} of at most {format_size(index_cache.bound)} ({VARIABLE})"


def cleared_lines(index_cache: Cache) -> Iterator[str]:
    """Delete all indexes except those being built, and say how much was deleted.

    Raises:
        NoCache: The folder cannot be used, or an index cannot be deleted.
    """
    before = left = _contents(index_cache)
    if before.size:
        try:
            with index_cache.folder.changing():
                left = index_cache.folder.clear()
        except OSError as error:
            raise index_cache.folder.refusal(error) from error
    if left.databases:
        raise NoCache(
            f"{index_cache.folder.path} still holds {_timelines(len(left.databases))}: permission denied"
        )
    size = format_size(before.size - left.size)
    yield one_line(f"{_timelines(len(before.databases))}, {size}, deleted from {index_cache.folder.path}")
    if left.build_folders:
        yield f"{len(left.build_folders)} being built, not deleted"


def _contents(index_cache: Cache) -> FolderContents:
    try:
        index_cache.folder.check()
        return index_cache.folder.contents()
    except FileNotFoundError:
        return FolderContents([], [], [])
    except OSError as error:
        raise index_cache.folder.refusal(error) from error


def _timelines(count: int) -> str:
    return "1 timeline" if count == 1 else f"{count:,} timelines"
