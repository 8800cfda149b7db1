"""The places that one has been at, to go back to and forward again. No Textual here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

_Place = TypeVar("_Place")

MOST = 100
"""How many places are remembered in each direction; nobody goes back further one by one."""


@dataclass(frozen=True)
class History(Generic[_Place]):
    """The places before and after the one that is shown, which itself is not in it.

    Small moves that are no jumps change what is shown. A place is recorded when it is left, as it is then.
    """

    past: tuple[_Place, ...] = ()
    """Places that were left, the last one last."""
    future: tuple[_Place, ...] = ()
    """Places that one came back from, the last one last."""

    def leave(self, here: _Place) -> History[_Place]:
        """The history after a jump from `here`: what was ahead is forgotten."""
        past = self.past if self.past[-1:] == (here,) else (*self.past, here)
        return History(past[-MOST:])

    def back(self, here: _Place) -> tuple[_Place, History[_Place]] | None:
        """The last place that is not `here`, and the history there; None if there is none."""
        past = _without_last(self.past, here)
        if not past:
            return None
        return past[-1], History(past[:-1], (*self.future, here)[-MOST:])

    def forward(self, here: _Place) -> tuple[_Place, History[_Place]] | None:
        """The next place that is not `here`, and the history there; None if there is none."""
        future = _without_last(self.future, here)
        if not future:
            return None
        return future[-1], History((*self.past, here)[-MOST:], future[:-1])


def _without_last(places: tuple[_Place, ...], here: _Place) -> tuple[_Place, ...]:
    """The places without those at the end that equal `here`."""
    while places and places[-1] == here:
        places = places[:-1]
    return places
