"""What a process beside the screen does: reads a file, or looks whether what is kept of it is sound."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from timeline_tui.errors import BrokenOff, TimelineError
from timeline_tui.text.byte_sizes import NOTICEABLE
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline_tui.storage.index_cache import Kept

_STDOUT = 1
_SCREEN_FIRST = 10
"""How much more the screen's process counts than this one, where both want a processor."""


def run(work: Callable[[int], None], sink: int) -> NoReturn:
    """In a process of its own: do `work`, which says into `sink` what comes of it, and end in any case."""
    code = 1
    try:
        # A group of its own: all that it starts ends with it, and no key of the terminal's ends it.
        with suppress(OSError):
            os.setpgid(0, 0)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        work(sink)
        code = 0
    finally:
        # Not sys.exit: nothing of the parent's is to be flushed or cleaned up twice.
        os._exit(code)


def read(sink: int, path: Path, today: int) -> None:
    """Read the file at `path`, and say into `sink` how far it has come and what comes of it.

    If the reading breaks off, nothing is said.
    """
    import gc

    from timeline_tui.loading.build_index import Building
    from timeline_tui.loading.messages import Beginning, Failure, Frame, Whole, send

    def say(frame: Frame) -> None:
        send(sink, frame)

    gc.disable()
    with suppress(OSError):
        if path.stat().st_size >= NOTICEABLE:
            os.nice(_SCREEN_FIRST)
    try:
        made = Building(path, today, say, lambda file: say(Beginning(os.fsencode(file)))).build()
    except BrokenOff:
        return
    except TimelineError as error:
        say(Failure(str(error)))
    except MemoryError:
        say(Failure(one_line(f"{path}: there is not enough memory to read it")))
    else:
        data = made.memory.dump() if made.memory else b""
        say(Whole(os.fsencode(made.file or ""), made.kept, data, made.notice))


def verify(sink: int, kept: Kept) -> None:
    """Say into `sink` if an index that is shown is not as it was made."""
    from timeline_tui.loading.messages import Damaged, send

    os.nice(_SCREEN_FIRST)
    if not sound(kept):
        send(sink, Damaged())


def sound(kept: Kept) -> bool:
    """Whether an index in the cache is as it was made."""
    from timeline_tui.storage.index_cache import Cache

    # One that another program has taken away meanwhile is as good as long as it is open.
    return Cache.of_user().verify(kept) or not kept.path.exists()


if __name__ == "__main__":
    run(partial(read, path=Path(sys.argv[1]), today=int(sys.argv[2])), _STDOUT)
