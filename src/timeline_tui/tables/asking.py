"""Asks an engine beside the screen, so that no key waits for an answer which takes long.

The thread of the screen waits for a moment only. An answer that comes later is kept until it is asked for
again, and the screen is told that it is there.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Condition, Thread, get_ident
from time import monotonic
from typing import TYPE_CHECKING, Final, NamedTuple

from timeline_tui.errors import NotYet, Overtaken
from timeline_tui.tables.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from timeline_tui.tables.engines.base import Engine

PATIENCE = 0.02
"""Seconds that the screen waits for answers in a turn."""
_TURN: Final = 0.1
"""Seconds of a turn: what is asked in it is waited for together, as for one frame."""
_MOST_WAITING: Final = 12
"""Questions of the screen that wait; older ones are given up for newer ones."""
_KEPT: Final = 48
"""Answers that are kept until they are asked for."""
_RETRIED: Final = 2.0
"""Seconds after which a question that has failed is asked again."""

_Rows = list[tuple[object, ...]]
_Question = tuple[str, tuple[tuple[str, object], ...]]


class Pending(TableError, NotYet):  # noqa: N818  reads as what it says
    """The engine has not answered yet."""

    def __init__(self) -> None:
        super().__init__("Reading …")


class _Wanted(NamedTuple):
    seconds: float
    """The longest time that it may take."""
    is_awaited: bool
    """Whether a thread waits for it that is not the screen's; it is never given up."""


class _Failed(NamedTuple):
    error: TableError
    at: float


class Asker:
    """Asks an engine in a thread of its own, the newest question first.

    Args:
        engine: The connection of the screen; the thread makes another one.
        told: Called in that thread when an answer has come that the screen did not wait for.
    """

    def __init__(self, engine: Engine, told: Callable[[], object] = lambda: None) -> None:
        self.told, self._engine = told, engine
        self._screen = get_ident()
        self._changed = Condition()
        self._wanted: OrderedDict[_Question, _Wanted] = OrderedDict()
        self._asked: _Question | None = None
        self._answers: OrderedDict[_Question, _Rows | _Failed] = OrderedDict()
        self._late: set[_Question] = set()
        self._turn = 0.0
        self._reader: Engine | None = None
        self._thread: Thread | None = None
        self._closed = False

    def rows(self, text: str, values: Mapping[str, object], seconds: float) -> _Rows:
        """The rows of a statement, as `Engine.execute()` has them.

        Raises:
            Pending: The thread of the screen has waited long enough.
            TableError: The engine does not answer.
        """
        question = text, tuple(values.items())
        with self._changed:
            if not self._is_answered(question):
                self._want(question, seconds)
                self._changed.wait_for(
                    lambda: question in self._answers or self._closed, self._left_to_wait()
                )
            found = self._answers.get(question)
            if found is None:
                self._late.add(question)
                raise Pending
            if isinstance(found, _Failed):
                raise found.error
            if get_ident() != self._screen:
                del self._answers[question]
            return found

    def _is_answered(self, question: _Question) -> bool:
        found = self._answers.get(question)
        if isinstance(found, _Failed) and monotonic() - found.at > _RETRIED:
            del self._answers[question]
            return False
        return found is not None

    def _left_to_wait(self) -> float | None:
        if get_ident() != self._screen:
            return None
        now = monotonic()
        if now - self._turn > _TURN:
            self._turn = now
        return max(0.0, self._turn + PATIENCE - now)

    def _want(self, question: _Question, seconds: float) -> None:
        self._wanted[question] = _Wanted(seconds, get_ident() != self._screen)
        self._wanted.move_to_end(question)
        waiting = [each for each, wanted in self._wanted.items() if not wanted.is_awaited]
        for old in waiting[:-_MOST_WAITING]:
            del self._wanted[old]
            if old == self._asked and self._reader is not None:
                self._reader.interrupt()
        if self._thread is None:
            # The program does not wait for it when it ends.
            self._thread = Thread(target=self._work, name="rows", daemon=True)
            self._thread.start()
        self._changed.notify_all()

    def is_late(self) -> bool:
        """Whether an answer is still to come that the screen did not wait for."""
        with self._changed:
            return any(question in self._wanted for question in self._late)

    def close(self) -> None:
        """Let the thread end, and the connection that it has made."""
        with self._changed:
            self._closed = True
            if self._asked is not None and self._reader is not None:
                self._reader.interrupt()
            self._changed.notify_all()

    def _work(self) -> None:
        while (question := self._next()) is not None:
            found = self._answer(question)
            with self._changed:
                self._asked = None
                self._wanted.pop(question, None)
                if found is not None:
                    self._answers[question] = found
                    if len(self._answers) > _KEPT:
                        self._answers.popitem(last=False)
                is_late = question in self._late
                self._late.discard(question)
                self._changed.notify_all()
            if is_late:
                self.told()
        if self._reader is not None:
            self._reader.close()

    def _next(self) -> _Question | None:
        with self._changed:
            self._changed.wait_for(lambda: self._wanted or self._closed)
            if self._closed:
                return None
            self._asked = next(reversed(self._wanted))
            return self._asked

    def _answer(self, question: _Question) -> _Rows | _Failed | None:
        """The rows, or why there are none; None if they are not wanted any more."""
        text, values = question
        seconds = self._wanted[question].seconds if question in self._wanted else 1.0
        try:
            if self._reader is None:
                self._reader = self._engine.reader()
            return self._reader.execute(text, dict(values), seconds)
        except Overtaken:
            return None
        except TableError as error:
            return _Failed(error, monotonic())
