"""Works out the views that the main screen requests: at once where that is quick, else in the background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from timeline_tui.errors import TimelineError
from timeline_tui.timeline.background import AT_ONCE, ViewRequest, ViewResult, ViewWorker, steps

if TYPE_CHECKING:
    from textual.timer import Timer

    from timeline_tui.tui.screens.protocol import TimelineScreen

_UNNOTICED = 0.2
"""Seconds that a search may take before the header mentions it."""


@dataclass
class ResultsReady(Message):
    """The background thread has results of a request."""

    results: ViewResult


@dataclass
class RequestFailed(Message):
    """The background thread cannot answer a request."""

    request: ViewRequest
    reason: str


class RequestFlow:
    """Answers one request at a time: a newer one takes the place of the one before.

    Args:
        screen: The main screen. It gets results by `receive()`, from the background as messages.
    """

    def __init__(self, screen: TimelineScreen) -> None:
        self._screen = screen
        self._background = ViewWorker(
            lambda results: screen.post_message(ResultsReady(results)),
            lambda request, error: screen.post_message(RequestFailed(request, str(error))),
        )
        self._slow: Timer | None = None

    def close(self) -> None:
        """Work out nothing any more."""
        self._background.close()

    def work_out(self, request: ViewRequest | None) -> None:
        """Answer a request; None ends the work on the one before."""
        if request is None:
            self._background.give_up()
            self._screen.mention_search(is_slow=False)
            if self._slow is not None:
                self._slow.stop()
                self._slow = None
            return
        view = request.view
        is_known = view.is_ready and view.is_counted and not request.search and request.other is None
        if (view.total <= AT_ONCE and view.holds_statements) or is_known:
            self._background.give_up()
            self._answer_now(request)
            return
        if self._slow is None:
            self._slow = self._screen.set_timer(_UNNOTICED, self._mention)
        self._background.request(request)

    def _answer_now(self, request: ViewRequest) -> None:
        try:
            for results in steps(request, request.view):
                if results is not None and results.counted:
                    self._screen.receive(results)
        except TimelineError as error:
            self._screen.refuse(request, str(error))

    def _mention(self) -> None:
        self._slow = None
        self._screen.mention_search(is_slow=self._screen.state.request is not None)
