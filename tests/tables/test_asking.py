"""An engine is asked beside the screen, which waits for a moment only."""

from __future__ import annotations

from contextlib import closing
from threading import Event, Thread
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
        self.may_answer, self.is_stopped, self.begun = Event(), Event(), Event()
        self.asked: list[str] = []

    def reader(self) -> SlowEngine:
        """The same."""
        return self

    def execute(self, text: str, values: Mapping[str, object], seconds: float) -> list[tuple[object, ...]]:
        """Answer."""
        self.asked.append(text)
        self.begun.set()
        self.may_answer.wait()
        if self.is_stopped.is_set():
            self.is_stopped.clear()
            raise Overtaken(text)
        if text == "fails":
            raise TableError("the server is gone")
        return [(text, values, seconds)]

    def interrupt(self) -> None:
        """Stop."""
        self.is_stopped.set()
        self.may_answer.set()

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
        engine.may_answer.set()
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
        engine.may_answer.set()
        thread.join(10)
        assert found == [("rows", {}, 5)]
        assert not told.is_set()


def test_why_an_engine_does_not_answer_is_raised_when_the_screen_asks_again() -> None:
    engine = SlowEngine()
    asker, told = asked(engine)
    with closing(asker):
        with pytest.raises(Pending):
            asker.rows("fails", {}, 5)
        engine.may_answer.set()
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
        engine.may_answer.set()
        assert told.wait(10)
        while len(engine.asked) < 13:
            told.clear()
            told.wait(10)
        assert engine.asked[:2] == ["page 0", "page 39"]
        assert "page 20" not in engine.asked
