"""The actors of the view by kind, each with its number of events and its activity over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from timeline_tui.drawing.symbols import bars
from timeline_tui.text.cells import shortened
from timeline_tui.text.sanitize import one_line
from timeline_tui.timeline.actor_counts import ActorCount
from timeline_tui.tui.keys import Pane, bindings
from timeline_tui.tui.widgets.row_list import RowList, clipped

_TITLE = " Actors "

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.binding import BindingType

    from timeline_tui.timeline.protocol import TimelineView as View

_KINDS = {
    "state": "States",
    "alliance": "Alliances",
    "organisation": "Organisations",
    "person": "People",
    "media": "Media",
    "": "Others",
}
_SLIM_KINDS = {"Organisations": "Bodies"}
_SLIM = 16
"""Cells of a sidebar below which there is no room for more than short names and counts."""
_ACTIVITY_FROM = 34
"""Cells of a sidebar from which activity over time is shown."""
_UNLIKE = 0.2
"""Share of an actor's events that are at other times than those of all actors, for activity to be shown."""


class ActorSidebar(RowList):
    """Rows are headings (text) or actors; the cursor rests on actors."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Pane.ACTORS)

    actor_counts: reactive[tuple[ActorCount, ...]] = reactive((), repaint=False)
    """Every actor of the file, with the number of events that choosing it would show."""
    view: reactive[View | None] = reactive(None, repaint=False)
    """The view in which they are counted."""

    @dataclass
    class Toggled(Message):
        """The user adds an actor to the filter, or takes it out."""

        id: str

    @dataclass
    class Kept(Message):
        """The user keeps the actors that are chosen, or chooses this one if none is."""

        id: str

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[str | ActorCount] = []
        self._digits = 3
        self._everyone: tuple[int, ...] = ()
        self._short_names: dict[str, str] = {}
        self.border_title = _TITLE

    def watch_actor_counts(self, actors: tuple[ActorCount, ...]) -> None:
        """List them again, with the cursor on the same actor."""
        here = self._here()
        self._rows = list(_with_headings(actors))
        self._digits = max(2, *(len(str(actor.count)) for actor in actors if actor.count is not None), 0)
        self._everyone = tuple(
            map(sum, zip(*(actor.activity for actor in actors if actor.activity), strict=True))
        )
        self._short_names.clear()
        ids = [row.id if isinstance(row, ActorCount) else "" for row in self._rows]
        cursor = ids.index(here.id) if here and here.id in ids else min(1, len(ids) - 1)
        self.reset(len(self._rows), cursor)
        if cursor <= 1 or (not self.has_focus and cursor < self.size.height):
            # The heading of the first kind is above the first actor.
            self.scroll_to(y=0, animate=False, force=True)
        self._show_silence()

    def can_point_at(self, row: int) -> bool:
        """The cursor rests on actors only."""
        return 0 <= row < len(self._rows) and isinstance(self._rows[row], ActorCount)

    def cursor_moved(self, row: int) -> None:
        """Move the cursor; the filter changes only when an actor is chosen."""
        if row >= 0:
            self.point_at(row)
            self._show_silence()
            if row == 1:
                self.scroll_to(y=0, animate=False, force=True)

    def row_clicked(self, row: int) -> None:
        """A click does what Space does."""
        self.cursor_moved(row)
        self.action_toggle_actor()

    def action_toggle_actor(self) -> None:
        """Add the actor under the cursor to the filter, or take it out."""
        if here := self._here():
            self.post_message(self.Toggled(here.id))

    def action_keep_actors(self) -> None:
        """Keep the actors that are chosen; if none is, choose the one under the cursor."""
        if here := self._here():
            self.post_message(self.Kept(here.id))

    def paint(self, row: int, part: int, width: int) -> Iterator[Segment]:  # noqa: ARG002  one line a row
        """The segments of a heading or an actor."""
        shown, styles = self._rows[row], self.theme_styles
        indent = " " if width >= _SLIM else ""
        if isinstance(shown, str):
            heading = shown if width >= _SLIM else _SLIM_KINDS.get(shown, shown)
            yield Segment(clipped(indent + heading, width), self.base + styles["heading"])
            return
        back = self.row_style(row) if self.has_focus else self.base
        has_activity = width >= _ACTIVITY_FROM and says_something(shown.activity, self._everyone)
        activity = f" {bars(shown.activity)}" if has_activity else ""
        name_style = back
        if shown.chosen:
            name_style = back + styles["chosen"]
        elif shown.count == 0:
            name_style = back + styles["faint"]
        sign = "✓" if shown.chosen else " "
        count = f"{'…' if shown.count is None else shown.count:>{self._digits}}"
        if width < _SLIM:
            room = width - self._digits - 1
            yield Segment(clipped(self._fitting_name(shown, room), room) + sign, name_style)
            yield Segment(count, back + styles["muted"])
            return
        cursor = "▌" if row == self.cursor and self.has_focus else " "
        room = width - 4 - self._digits - (9 if width >= _ACTIVITY_FROM else 0)
        yield Segment(f"{cursor}{sign}{clipped(self._fitting_name(shown, room), room)} ", name_style)
        yield Segment(count, back + styles["muted"])
        yield Segment(f"{activity:<9} " if width >= _ACTIVITY_FROM else " ", back + styles["activity"])

    def _fitting_name(self, actor: ActorCount, room: int) -> str:
        """The name of an actor; without room for it, the short name, and of that the words that fit."""
        if cell_len(actor.name) <= room or self.view is None:
            return actor.name
        if actor.id not in self._short_names:
            self._short_names[actor.id] = self.view.short_name(actor.id)
        return shortened(self._short_names[actor.id], room)

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: FBT001  Textual's own
        """Show when the actor under the cursor was last seen, as long as the sidebar has the focus."""
        super().watch_has_focus(has_focus)
        self._show_silence()

    def _show_silence(self) -> None:
        """Show in the border when the actor under the cursor was last seen, if the sidebar has the focus."""
        from timeline_tui.answers.silences import silence_in_brief, silence_in_short, silence_of  # noqa: PLC0415  not before the first frame

        found = (
            silence_of(self.view, self.actor)
            if self.view is not None and self.has_focus and self.actor
            else None
        )
        # The border keeps a cell at each end, and the title has a blank on each side.
        room = self.outer_size.width - 6
        texts = (silence_in_brief(found), *silence_in_short(found)) if found else ("",)
        words = next((text for text in texts if cell_len(text) <= room), texts[-1])
        title = f" {words} " if words else _TITLE
        if title != self.border_title:
            self.border_title = Content(title)

    @property
    def actor(self) -> str:
        """The id of the actor under the cursor; empty for none."""
        here = self._here()
        return here.id if here else ""

    def _here(self) -> ActorCount | None:
        row = self._rows[self.cursor] if 0 <= self.cursor < len(self._rows) else None
        return row if isinstance(row, ActorCount) else None


def _with_headings(actors: tuple[ActorCount, ...]) -> Iterator[str | ActorCount]:
    kind = None
    for actor in actors:
        if actor.kind != kind:
            kind = actor.kind
            yield _KINDS.get(kind) or one_line(kind).capitalize()
        yield actor


def says_something(activity: tuple[int, ...], everyone: tuple[int, ...]) -> bool:
    """Whether an actor's activity over time differs from that of all actors, so that it is worth a look."""
    own, total = sum(activity), sum(everyone)
    if own < 2 or not total:
        return False
    shares = zip(activity, everyone, strict=True)
    return sum(abs(one / own - all_ / total) for one, all_ in shares) / 2 > _UNLIKE
