"""Keys that are typed faster than they are answered wait for what the keys before them asked for."""

from __future__ import annotations

import asyncio
from collections import deque
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Sequence

    from textual import events

    _CallNext = Callable[[Callable[[], Awaitable[None]]], object]

_LONGEST_WAIT = 5.0
"""Seconds after which a key is passed on, even if something is still going on."""
_LOOK = 1 / 500
"""Seconds between two looks at whether a layout is done."""


class PressedAgain(Message):
    """Keys that could not be answered when it was their turn are to be answered now, before all others."""

    def __init__(self, keys: Sequence[events.Key]) -> None:
        super().__init__()
        self.keys = keys


class TypeAhead:
    """Keys and pasted text in the order in which they came, passed on one after the other.

    Textual passes a key at once to whatever has the focus then. A key that opens a page, a prompt, a picture
    or a window does so some messages later, and the next key would still go to the place before. Here it
    waits until nothing is left to do: then the place that was asked for has its size and the focus.
    """

    def __init__(
        self,
        pass_on: Callable[[events.Event], Awaitable[None]],
        is_settled: Callable[[], bool],
        steps: Collection[str],
    ) -> None:
        """Begin with nothing typed.

        Args:
            pass_on: Has a key or a paste answered as Textual does; called in the task of the app.
            is_settled: Whether what is on the screen has its place and size.
            steps: Textual's names of keys that only move in the place where one is. While one of them is held
                down it does not wait, so that the steps of several are painted as one.
        """
        self._pass_on, self._is_settled, self._steps = pass_on, is_settled, steps
        self._typed: deque[events.Key | events.Paste] = deque()
        self._last = ""
        self._wait: asyncio.Task[None] | None = None

    async def add(self, typed: events.Key | events.Paste, call_next: _CallNext) -> None:
        """Pass something on, now or as soon as it is its turn.

        Args:
            typed: A key or a paste.
            call_next: Calls a function soon, in the task of the app.
        """
        self._typed.append(typed)
        if self._wait is None:
            await self._go_on(call_next)

    async def add_first(self, keys: Sequence[events.Key], call_next: _CallNext) -> None:
        """Pass keys on before all that waits; see `add()`."""
        self._typed.extendleft(reversed(keys))
        if self._wait is None:
            await self._go_on(call_next)

    async def _go_on(self, call_next: _CallNext) -> None:
        self._wait = None
        while self._typed:
            key = getattr(self._typed[0], "key", "")
            if self._is_busy() and not (key in self._steps and key == self._last):
                self._wait = asyncio.create_task(self._until_idle())
                self._wait.add_done_callback(lambda _: call_next(partial(self._go_on, call_next)))
                return
            self._last = key
            await self._pass_on(self._typed.popleft())

    def _is_busy(self) -> bool:
        """Whether there is something else to be done than what is running now."""
        # asyncio has no public way to ask.
        return bool(getattr(asyncio.get_running_loop(), "_ready", ())) or not self._is_settled()

    async def _until_idle(self) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + _LONGEST_WAIT
        while self._is_busy() and loop.time() < end:  # noqa: ASYNC110  there is no event to wait for
            # What has no size yet gets one with a timer.
            await asyncio.sleep(0 if self._is_settled() else _LOOK)
