"""An engine is asked beside the screen, which waits for a moment only."""

from __future__ import annotations

from contextlib import closing
from threading import Condition, Event, Thread
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("sqlglot")

from timeline_tui.errors import Overtaken
from timeline_tui.tables import asking
from timeline_tui.tables.asking import Asker, Pending
from timeline_tui.tables.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Mapping


@pytest.fixture(autouse=True)
def _without_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "PATIENCE", 0)


class SlowEngine:
    """Answers each statement with its text once it may."""

    def __init__(self) -> None:
        self.begun, self._changed = Event(), Condition()
        self._may_answer = self._is_stopped = False
        self.asked: list[str] = []

    def reader(self) -> SlowEngine:
        """The same."""
        return self

    def execute(self, text: str, values: Mapping[str, object], seconds: float) -> list[tuple[object, ...]]:
        """Answer."""
        self.asked.append(text)
        self.begun.set()
        with self._changed:
            self._changed.wait_for(lambda: self._may_answer or self._is_stopped)
            if self._is_stopped:
                self._is_stopped = False
                raise Overtaken(text)
        if text == "fails":
            raise TableError("the server is gone")
        return [(text, values, seconds)]

    def go_on(self) -> None:
        """Answer from now on."""
        with self._changed:
            self._may_answer = True
            self._changed.notify_all()

    def interrupt(self) -> None:
        """Give up the statement that is waited for."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify_all()

    def close(self) -> None:
        """End."""


def asked(engine: SlowEngine) -> tuple[Asker, Event]:
    """What asks an engine without any patience, and what is set when an answer has come late."""
    told = Event()
    return Asker(engine, told.set), told  # type: ignore[arg-type]  # as much of one as is asked


def test_the_screen_gets_an_answer_that_has_come_when_it_asks_again() -> None:
    engine = SlowEngine()
    asker, told = asked(engine)
    with closing(asker):
        assert not asker.is_late()
        with pytest.raises(Pending, match="Reading"):
            asker.rows("rows", {"p0": 1}, 5)
        assert asker.is_late()
        engine.go_on()
        assert told.wait(10)
        assert not asker.is_late()
        assert asker.rows("rows", {"p0": 1}, 5) == [("rows", {"p0": 1}, 5)]
        assert engine.asked == ["rows"]


def test_another_thread_than_that_of_the_screen_waits() -> None:
    engine = SlowEngine()
    asker, told = asked(engine)
    found: list[object] = []
    with closing(asker):
        thread = Thread(target=lambda: found.extend(asker.rows("rows", {}, 5)))
        thread.start()
        engine.begun.wait(10)
        engine.go_on()
        thread.join(10)
        assert found == [("rows", {}, 5)]
        assert not told.is_set()


def test_why_an_engine_does_not_answer_is_raised_when_the_screen_asks_again() -> None:
    engine = SlowEngine()
    asker, told = asked(engine)
    with closing(asker):
        with pytest.raises(Pending):
            asker.rows("fails", {}, 5)
        engine.go_on()
        assert told.wait(10)
        with pytest.raises(TableError, match="the server is gone"):
            asker.rows("fails", {}, 5)


def test_of_many_questions_the_newest_is_answered_first_and_the_oldest_are_given_up() -> None:
    engine = SlowEngine()
    asker, told = asked(engine)
    with closing(asker):
        for number in range(40):
            with pytest.raises(Pending):
                asker.rows(f"page {number}", {}, 5)
            if not number:
                engine.begun.wait(10)
        engine.go_on()
        assert told.wait(10)
        while len(engine.asked) < 13:
            told.clear()
            told.wait(10)
        # The first was given up at some time, for the newest of then.
        assert engine.asked[0] == "page 0"
        assert "page 39" in engine.asked[1:3]
        assert not {f"page {number}" for number in range(1, 12)}.intersection(engine.asked)
