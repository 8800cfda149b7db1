"""What a list shows of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.index.matching import PLANS_CHANGED
from timeline_tui.text.sanitize import one_line
from timeline_tui.timeline.lateness import remark

if TYPE_CHECKING:
    from timeline_tui.dates.date import Date
    from timeline_tui.timeline.view import View


class Row(NamedTuple):
    """What a list shows of an event; all text visible and on one line."""

    key: int
    id: str
    date: Date
    title: str
    kind: str
    status: str
    """As of today: an event to come is `scheduled` unless it is `postponed` or `cancelled`."""
    by: tuple[str, ...]
    """Names of those who claim, dispute or deny it."""
    place: str
    quotes: int
    claims: int
    remark: str = ""
    """How late it became known, or how often it was put off: `revealed 11 days later`."""


def row_of(view: View, key: int) -> Row:
    """The row of the event with that key in a view.

    Raises:
        KeyError: There is none.
    """
    changed = view.clock.changed.get(key) if view.clock else None
    head = changed or view.index.head(key)
    status = head.status
    if head.date.earliest > view.as_of and status not in PLANS_CHANGED:
        status = "scheduled"
    return Row(
        key,
        head.id,
        head.date,
        one_line(head.title),
        one_line(head.kind),
        status,
        tuple(map(view.actor_name, head.by)),
        view.place_of(head),
        len(head.quotes),
        len(head.claims),
        remark(head),
    )
