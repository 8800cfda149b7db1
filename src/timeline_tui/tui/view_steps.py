"""Which view or event a key leads to: other events, another order or day of the clock, the next match.

No Textual here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.query.language import DURING, Query
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from timeline_tui.timeline.protocol import TimelineView as View
    from timeline_tui.tui.state import ScreenState


def with_actor_alone(view: View, actor: str) -> View:
    """The view filtered by one actor and no other; if that is the filter already, by no actor."""
    others = view.query.without_field("actor")
    is_alone = view.query.values("actor") == (actor,)
    return view.with_query(others if is_alone else others.with_term("actor", actor))


def within_dates(view: View, dates: str) -> View:
    """The view in a window of time, written as dates (`2023..2024`); without dates, in none."""
    query = view.query.without_field(DURING)
    return view.with_query(query.with_term(DURING, dates) if dates else query)


def with_source_switched(view: View, source: str) -> View:
    """The view without one more source, or with one that was taken away before."""
    return view.giving_back(source) if source in view.without else view.taking_away(source)


def sorted_in(view: View, order: str) -> View:
    """The view with its `newest` or its `oldest` event first; without a word, in the other order."""
    return view.sorted_by(newest=order == "newest" if order else not view.newest)


def counted_from_selected(state: ScreenState) -> View | None:
    """The next view with days counted from the selected event, or with dates again; None without an event."""
    view = state.next_view
    if not view.count or state.selected < 0:
        return None
    day = state.view.day_of(state.view.position_of(state.selected)) if view.origin is None else None
    return view.counted_from(day)


def clock_stepped(view: View, direction: int) -> View | str:
    """The view on the next day on which something became known (direction 1) or on the previous one (-1).

    After the last such day comes all that is known. If there is no step in that direction, it is said why.
    """
    from timeline_tui.answers.newly_known import next_day  # noqa: PLC0415  not before the first frame

    if direction > 0 and view.known_on is None:
        return "All that is known is shown; press < to go back."
    day = next_day(view, direction)
    if day is None and direction < 0:
        return "Nothing became known before that day."
    return view.known_by(day)


def one_step_wider(view: View, *, keeps_window: bool) -> View:
    """The view with its last restriction lifted: the filter, else sources taken away, else the day.

    Args:
        view: A view.
        keeps_window: Whether a window of time stays as long as there is another filter.
    """
    if view.query:
        window = view.query.without_field(DURING) if keeps_window else Query()
        return view.with_query(window if window != view.query else Query())
    if view.without:
        return view.without_sources(())
    return view.known_by(None)


class MatchStep(NamedTuple):
    """Where a step among the matches of a search leads to."""

    state: ScreenState
    notice: str = ""
    """A notice for the user; may be empty."""
    is_brief: bool = False
    """Whether the notice is read at a glance."""


def to_match(state: ScreenState, direction: int) -> MatchStep:
    """Select the next match down the screen (direction 1) or up (-1), round the ends."""
    if not state.search:
        return MatchStep(state)
    if not state.matches and not state.rows_are_pending:
        return MatchStep(state, one_line(f"No event in view matches {state.search}"))
    found = state.select_match(direction)
    if found.selected == state.selected:
        return MatchStep(found, "There is no other match.", is_brief=True)
    if state.is_above(found.selected, direction):
        end, start = ("last", "first") if direction > 0 else ("first", "last")
        return MatchStep(found, f"After the {end} match comes the {start} again.", is_brief=True)
    return MatchStep(found)
