"""Waiting until an application has done what it was told, in place of Textual's waits for a fixed time."""

from __future__ import annotations

import asyncio
from time import process_time
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable

FRAME = 1 / 50
"""Seconds between two paints of a screen under test."""
_SOON = 0.03
"""A timer that ends within so many seconds belongs to the work at hand; a paint does."""
_LOOK = 1 / 250
"""Seconds between two looks at whether there is still work."""
_BUSY = 0.0004
"""Seconds that the threads of an idle process compute at most between two looks."""
_MOST_LOOKS = 250


class _Loop(asyncio.BaseEventLoop):
    """The lists of what asyncio has to do, which are not public."""

    _ready: list[asyncio.Handle]
    _scheduled: list[asyncio.TimerHandle]


async def wait_for_idle(min_sleep: float = 0, max_sleep: float = 1) -> None:  # noqa: ARG001  as Textual's
    """Wait until nothing is left to do in the loop, and nothing will be in the next frames.

    Textual's function waits until the process has used hardly any processor time for 20 ms. On an idle
    machine that is most of the time that a test takes; on a busy one it is too short, as the process
    does not get to its work. The number of looks is limited, as some timers are started again and again.
    """
    await _wait(_is_due)


async def wait_for_answer(min_sleep: float = 0, max_sleep: float = 1) -> None:  # noqa: ARG001  as Textual's
    """Wait until a key has been answered; what it changed on the screen may not have been painted yet."""
    await _wait(lambda _: False)


async def _wait(is_due: Callable[[_Loop], bool]) -> None:
    loop = cast("_Loop", asyncio.get_running_loop())
    for _ in range(_MOST_LOOKS):
        before = process_time()
        await asyncio.sleep(_LOOK)
        computed = process_time() - before
        if not loop._ready and computed < _BUSY and not is_due(loop):
            return


def _is_due(loop: _Loop) -> bool:
    """Whether a timer ends soon."""
    horizon = loop.time() + _SOON
    return any(not timer.cancelled() and timer.when() < horizon for timer in loop._scheduled)
