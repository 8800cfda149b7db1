"""The child process: reads a file, or verifies a cached index."""

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
"""The niceness of this process, so that the process of the screen comes first."""


def run(work: Callable[[int], None], sink: int) -> NoReturn:
    """In a child process: do `work`, which writes its messages to the pipe `sink`, and end in any case."""
    code = 1
    try:
        # A process group of its own: what it starts ends with it, and no key of the terminal ends it.
        with suppress(OSError):
            os.setpgid(0, 0)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        work(sink)
        code = 0
    finally:
        # Not sys.exit: nothing of the parent's is to be flushed or cleaned up twice.
        os._exit(code)


def read(sink: int, path: Path, today: int) -> None:
    """Read the file at `path`, and send to `sink` how far it has come and what comes of it.

    If reading is interrupted, no last message is sent.
    """
    import gc

    from timeline_tui.loading.build_index import Building
    from timeline_tui.loading.messages import Beginning, Failure, Message, Whole, send

    def say(message: Message) -> None:
        send(sink, message)

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
    """Send to `sink` if an index that is shown is not as it was made."""
    from timeline_tui.loading.messages import Damaged, send

    os.nice(_SCREEN_FIRST)
    if not sound(kept):
        send(sink, Damaged())


def sound(kept: Kept) -> bool:
    """Whether an index in the cache is as it was made."""
    from timeline_tui.storage.index_cache import Cache

    # An index that another program has removed meanwhile is as good as before while it is open.
    return Cache.of_user().verify(kept) or not kept.path.exists()


if __name__ == "__main__":
    run(partial(read, path=Path(sys.argv[1]), today=int(sys.argv[2])), _STDOUT)
