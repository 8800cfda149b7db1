"""Computes views on a background thread, so that no key waits; a newer request replaces an older one."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from threading import Condition, Thread
from typing import TYPE_CHECKING

from timeline_tui.errors import Overtaken, TimelineError
from timeline_tui.index.errors import Interrupted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from timeline_tui.query.language import Query
    from timeline_tui.timeline.protocol import Store, TimelineView

AT_ONCE = 5_000
"""Up to this many events, everything is worked out in less time than it takes to paint a key press."""

_TURN = 0.0005
"""Seconds for which one thread keeps Python to itself while another one waits."""


@dataclass(frozen=True, eq=False)
class ViewRequest:
    """What is to be worked out. Two requests are never equal."""

    view: TimelineView
    search: Query
    """What to find in the view."""
    other: Query | None = None
    """The other meaning of what was typed, whose events are to be counted; None if there is none."""
    ids: tuple[str, ...] = ()
    """Ids of events that will be looked up in the view, which an engine may have to be asked for."""


@dataclass(frozen=True)
class ViewResult:
    """What was worked out of a view."""

    request: ViewRequest
    view: TimelineView
    """The view of the request, which knows its rows now."""
    found: Sequence[int]
    """The positions that the search found, ascending."""
    other_count: int
    """How many events the other meaning of what was typed would show."""
    counted: bool
    """Whether the events of each actor are counted; until then another result follows."""


def steps(request: ViewRequest, view: TimelineView) -> Iterator[ViewResult | None]:
    """Work out `view`, an equal of the requested one, in steps between which it may be given up."""
    if not request.view.is_ready:
        yield from view.working_out()
    for id_ in request.ids:
        view.key_of(id_)
    found = view.find(request.search) if request.search else ()
    ready = request.view.knowing(view)
    if not ready.is_counted:
        yield ViewResult(request, ready, found, 0, counted=False)
        for _ in view.counting():
            yield None
    other_count = view.count_of(request.other, anew=not request.search) if request.other else 0
    yield ViewResult(request, ready.knowing(view), found, other_count, counted=True)


class ViewWorker:
    """A thread that works out the last view requested, with its own connection to the index.

    Args:
        deliver: Called in that thread with each result, unless another request has come first.
        fail: Called in that thread with a request that cannot be answered, and why.
    """

    def __init__(
        self,
        deliver: Callable[[ViewResult], object],
        fail: Callable[[ViewRequest, TimelineError], object] = lambda request, error: None,  # noqa: ARG005  to nobody
    ) -> None:
        self._deliver, self._fail = deliver, fail
        self._request: ViewRequest | None = None
        self._closed = False
        self._changed = Condition()
        self._thread: Thread | None = None
        self._store: Store | None = None
        self._reader: Store | None = None

    def request(self, request: ViewRequest) -> None:
        """Work out this request; any other one is given up."""
        self._take(request)
        if self._thread is None:
            # The screen's thread gets its turn after half a millisecond, not after Python's usual five, which
            # it would wait for several times in each frame.
            sys.setswitchinterval(_TURN)
            # The program does not wait for it when it ends.
            self._thread = Thread(target=self._work, name="views", daemon=True)
            self._thread.start()

    def give_up(self) -> None:
        """Give up the last request."""
        self._take(None)

    def close(self) -> None:
        """Let the thread end as soon as it can."""
        self._closed = True
        self._take(None)

    def _take(self, request: ViewRequest | None) -> None:
        with self._changed:
            self._request = request
            self._changed.notify()
            # An index in memory is read by both threads over one connection.
            if self._reader is not None and self._reader is not self._store:
                self._reader.interrupt()

    def _work(self) -> None:
        request = self._next(None)
        while request is not None:
            self._answer(request)
            request = self._next(request)

    def _next(self, done: ViewRequest | None) -> ViewRequest | None:
        """Wait for a new request; None when there will be no more."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._request not in (None, done))
            return self._request

    def _answer(self, request: ViewRequest) -> None:
        try:
            view = request.view.over(self._reading(request.view.store)).knowing(request.view)
            for result in steps(request, view):
                with self._changed:
                    if self._request is not request:
                        return
                    if result is not None:
                        self._deliver(result)
        except (Interrupted, Overtaken):
            # Interrupted by a newer request; if there is none, it is an error.
            if self._request is request:
                raise
        except TimelineError as error:
            with self._changed:
                if self._request is request:
                    self._request = None
                    self._fail(request, error)

    def _reading(self, store: Store) -> Store:
        if self._store is not store or self._reader is None:
            self._store, self._reader = store, store.reader()
        return self._reader
