"""What the parts of the main screen ask of it, so that none of them knows the screen itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import App
    from textual.css.query import DOMQuery
    from textual.message import Message
    from textual.notifications import SeverityLevel
    from textual.timer import Timer

    from timeline_tui.dates.date import Date
    from timeline_tui.drawing.lines import Target
    from timeline_tui.query.language import Query
    from timeline_tui.timeline.background import ViewRequest, ViewResult
    from timeline_tui.timeline.protocol import TimelineView as View
    from timeline_tui.tui.keys import Command
    from timeline_tui.tui.open_page import OpenPage
    from timeline_tui.tui.state import ScreenState
    from timeline_tui.tui.widgets.picture import PicturePane
    from timeline_tui.tui.widgets.timeline import TimelinePane

_Kind = TypeVar("_Kind", bound=Widget)


class AnyScreen(Protocol):
    """The methods of every screen of Textual that are used here, with Textual's own meaning."""

    @property
    def app(self) -> App[Any]:
        """The app that shows the screen."""

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Show a notice."""

    def call_next(self, callback: Callable[..., object], *args: object) -> None:
        """Have the screen call something with these arguments, after the message that it answers now."""

    def post_message(self, message: Message) -> bool:
        """Have the screen answer a message; this may be called in any thread."""

    def set_timer(self, delay: float, callback: Callable[[], None]) -> Timer:
        """Have something called once, after a number of seconds."""

    def set_interval(self, interval: float, callback: Callable[[], None]) -> Timer:
        """Have something called again and again, at an interval in seconds."""

    def mount(
        self,
        *widgets: Widget,
        before: int | str | Widget | None = None,
        after: int | str | Widget | None = None,
    ) -> Awaitable[None]:
        """Add widgets."""

    def query(self, selector: type[_Kind]) -> DOMQuery[_Kind]:
        """The widgets of a class."""


class TimelineScreen(AnyScreen, Protocol):
    """The main screen, as far as its parts know it."""

    @property
    def state(self) -> ScreenState:
        """What is shown."""

    @property
    def open_page(self) -> OpenPage | None:
        """The page that is open."""

    @property
    def target(self) -> Target | None:
        """What a key acts on; None without an event."""

    @property
    def timeline(self) -> TimelinePane:
        """The list of events."""

    @property
    def main_pane(self) -> TimelinePane | PicturePane:
        """The picture that is shown, else the list of events."""

    @property
    def is_drawn(self) -> bool:
        """Whether the picture shows the view, if there is a picture."""

    def change(self, state: ScreenState, *, leaves: bool = True) -> None:
        """Show another state; `leaves` says whether one can go back if it shows other things."""

    def jump(self, state: ScreenState) -> None:
        """Show another state so that one can go back, if only to another event."""

    def show(
        self, view: View, *, selected: int | None = None, day: int | None = None, other: Query | None = None
    ) -> None:
        """Show another view as soon as it is worked out; see `ScreenState.request_view`."""

    def receive(self, results: ViewResult) -> None:
        """Show results, if they are still requested."""

    def refuse(self, request: ViewRequest, reason: str) -> None:
        """Keep what is shown, as a request cannot be answered, and give the reason."""

    def mention_search(self, *, is_slow: bool) -> None:
        """Have the header mention a search that takes long, or no longer."""

    def show_page(self, page: OpenPage, about: Target | None = None) -> None:
        """Open a page, about another event if one is given."""

    def cover_with_page(self) -> None:
        """Show the page that is open over the panes, and give it the focus."""

    def show_events(self, query: Query, *, as_list: bool = False) -> None:
        """Show the events of a query in the timeline; as a list, not as a picture, if that is said."""

    def close_page(self) -> None:
        """Show the panes again."""

    def to_timeline(self, state: ScreenState | None = None) -> None:
        """Close what covers the timeline, and give it the focus; with another state, as one jump."""

    def go_to(self, date: Date) -> None:
        """Select the first event on or after a date."""

    def set_known_on(self, day: int | None) -> None:
        """Show the timeline as known on a day; None for all that is known."""

    def prompt_closed(self, *, is_done: bool) -> None:
        """Take note that the prompt is closed."""

    def run(self, command: Command, argument: str = "") -> None:
        """Have a command carried out, as if its key were pressed where it works."""

    def action_next_match(self) -> None:
        """To the next match of the search."""

    def action_present(self, story: str = "") -> None:
        """Present a story."""
