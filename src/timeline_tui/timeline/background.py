"""Views worked out beside the screen, so that no key waits for them: only ever the last one wished for."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from threading import Condition, Thread
from typing import TYPE_CHECKING

from timeline_tui.index.errors import Interrupted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from timeline_tui.index.index import Index
    from timeline_tui.query.language import Query
    from timeline_tui.timeline.view import View

AT_ONCE = 5_000
"""Of a timeline of so many events everything is worked out in less time than a key takes to be painted."""

_TURN = 0.0005
"""Seconds."""


@dataclass(frozen=True, eq=False)
class Wish:
    """What is to be worked out. Two are never the same."""

    view: View
    sought: Query
    """What is to be found in it."""
    other: Query | None = None
    """What else may be meant by what was typed, to be counted; None for nothing."""


@dataclass(frozen=True)
class Findings:
    """What a view needs to be shown."""

    wish: Wish
    view: View
    """The one wished for, which knows its rows now."""
    found: Sequence[int]
    """Positions of what was sought, ascending."""
    others: int
    """How many events the other reading of what was typed would give."""
    counted: bool
    """Whether it knows how often each actor is in it; until then these findings are not the last."""


def steps(wish: Wish, view: View) -> Iterator[Findings | None]:
    """Work out `view`, an equal of the one wished for, in steps between which it may be given up."""
    if not wish.view.is_ready:
        for answer in ("order", "breaks", "span"):
            getattr(view, answer)
            yield None
    found = view.find(wish.sought) if wish.sought else ()
    ready = wish.view.knowing(view)
    if not ready.is_counted:
        yield Findings(wish, ready, found, 0, counted=False)
        for _ in view.counting():
            yield None
    others = view.count_of(wish.other, anew=not wish.sought) if wish.other else 0
    yield Findings(wish, ready.knowing(view), found, others, counted=True)


class Research:
    """A thread that works out what is wished for, with a connection to the index of its own.

    Args:
        deliver: Called in that thread with what was found. If another wish comes first, it is not called.
    """

    def __init__(self, deliver: Callable[[Findings], object]) -> None:
        self._deliver = deliver
        self._wish: Wish | None = None
        self._closed = False
        self._changed = Condition()
        self._thread: Thread | None = None
        self._index: Index | None = None
        self._reader: Index | None = None

    def ask(self, wish: Wish) -> None:
        """Work out `wish`, and nothing else any more."""
        self._take(wish)
        if self._thread is None:
            # The screen's thread gets its turn after half a millisecond, not after Python's usual five, which
            # it would wait for several times in each frame.
            sys.setswitchinterval(_TURN)
            # Nobody waits for it at the end of the program.
            self._thread = Thread(target=self._work, name="research", daemon=True)
            self._thread.start()

    def give_up(self) -> None:
        """Let go of what was wished for."""
        self._take(None)

    def close(self) -> None:
        """Let the thread end, as soon as it can."""
        self._closed = True
        self._take(None)

    def _take(self, wish: Wish | None) -> None:
        with self._changed:
            self._wish = wish
            self._changed.notify()
            # An index in memory is asked by both threads over one connection.
            if self._reader is not None and self._reader is not self._index:
                self._reader.interrupt()

    def _work(self) -> None:
        wish = self._next(None)
        while wish is not None:
            self._answer(wish)
            wish = self._next(wish)

    def _next(self, done: Wish | None) -> Wish | None:
        """Wait for another wish than the last one; None when there will be none."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._wish not in (None, done))
            return self._wish

    def _answer(self, wish: Wish) -> None:
        try:
            view = replace(wish.view, index=self._reading(wish.view.index)).knowing(wish.view)
            for findings in steps(wish, view):
                with self._changed:
                    if self._wish is not wish:
                        return
                    if findings is not None:
                        self._deliver(findings)
        except Interrupted:
            # Interrupted, unless it is still wished for.
            if self._wish is wish:
                raise

    def _reading(self, index: Index) -> Index:
        if self._index is not index or self._reader is None:
            self._index, self._reader = index, index.reader()
        return self._reader
