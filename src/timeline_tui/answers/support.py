"""What rests on which source, and why a statement has fallen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.answers.provenance import source_name
from timeline_tui.model.support import State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline_tui.model.support import Support
    from timeline_tui.timeline.protocol import TimelineView


class SourceWeight(NamedTuple):
    """A source, and what would fall with it."""

    id: str
    name: str
    """Who published it, else its title; visible, on one line."""
    is_taken_away: bool
    alone: Mapping[str, int]
    """How many statements of each kind stand now and rest on it alone, or on what only repeats it."""

    @property
    def total(self) -> int:
        """How many statements rest on it alone."""
        return sum(self.alone.values())


def sources_by_weight(view: TimelineView) -> list[SourceWeight]:
    """Each source of the file, the one on which most rests alone first, then in the order of the file.

    Sources that were taken away stand in their places with what had fallen with them not counted.
    """
    alone = view.resting_alone()
    weights = [
        SourceWeight(id_, source_name(view, id_), id_ in view.without, alone.get(id_, {}))
        for id_ in view.header.sources
    ]
    return sorted(weights, key=lambda weight: -weight.total)


def reason_fallen(view: TimelineView, support: Support | None) -> str:
    """Why a statement has fallen: `rests only on Blue/Yellow, taken away`; empty for one that has not.

    `rests only on TASS, retracted on 5 March 2024` · `rests only on Lenta, which repeats only what is gone`.
    """
    if support is None or support.state is not State.FALLEN:
        return ""
    causes = [f"{source_name(view, id_)}, {_cause(view, id_)}" for id_ in support.lost]
    return f"rests only on {' and '.join(causes)}"


def missing_support(support: Support | None) -> str:
    """That a statement has no source, in words; empty for one that has one, fallen or not."""
    if support is None:
        return ""
    return {
        State.UNSOURCED: "No source is given.",
        State.NO_SOURCE_YET: "No source yet: all of its sources were published later.",
    }.get(support.state, "")


def _cause(view: TimelineView, id_: str) -> str:
    if id_ in view.without:
        return "taken away"
    source = view.source(id_)
    if source is not None and source.retracted is not None:
        return f"retracted on {view.date_in_words(source.retracted.known)}"
    return "which repeats only what is gone"
