"""What `timeline-tui cache` prints."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from timeline_tui.storage.cache_folder import Holdings, NoCache
from timeline_tui.storage.index_cache import VARIABLE
from timeline_tui.text.byte_sizes import in_words
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.storage.index_cache import Cache


def cache_lines(cache: Cache) -> Iterator[str]:
    """The folder, each timeline in it, the last used first, and how much of the bound they take.

    Raises:
        NoCache: The folder cannot be used.
    """
    found = _holdings(cache)
    yield one_line(str(cache.folder.path))
    marks = [marked.mark for marked in found.marks if marked.mark]
    for held in sorted(found.databases, key=lambda held: -held.used):
        name = held.database.name
        paths = [os.fsdecode(mark.seen.path) for mark in marks if mark.database == name]
        used = time.strftime("%Y-%m-%d %H:%M", time.localtime(held.used / 1e9))
        whose = " = ".join(map(one_line, paths)) or "a file not seen since"
        yield f"{in_words(held.size):>10}  {used}  {whose}"
    if busy := sum(place.busy for place in found.workshops):
        yield f"{busy} being built"
    timelines = _timelines(len(found.databases))
    yield f"{timelines}, {in_words(found.size)} of at most {in_words(cache.bound)} ({VARIABLE})"


def cleared_lines(cache: Cache) -> Iterator[str]:
    """Take everything of ours away but what is being built, and say how much that was.

    Raises:
        NoCache: The folder cannot be used, or what is in it cannot be taken away.
    """
    before = left = _holdings(cache)
    if before.size:
        try:
            with cache.folder.changing():
                left = cache.folder.clear()
        except OSError as error:
            raise cache.folder.refusal(error) from error
    if left.databases:
        raise NoCache(f"{cache.folder.path} still holds {_timelines(len(left.databases))}: permission denied")
    size = in_words(before.size - left.size)
    yield one_line(f"{_timelines(len(before.databases))}, {size}, taken out of {cache.folder.path}")
    if left.workshops:
        yield f"{len(left.workshops)} being built, left there"


def _holdings(cache: Cache) -> Holdings:
    try:
        cache.folder.check()
        return cache.folder.holdings()
    except FileNotFoundError:
        return Holdings([], [], [])
    except OSError as error:
        raise cache.folder.refusal(error) from error


def _timelines(count: int) -> str:
    return "1 timeline" if count == 1 else f"{count:,} timelines"
