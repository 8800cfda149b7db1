"""The main screen: keys and results change its state, the state is shown by its panes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from msgspec import structs
from textual import on
from textual.getters import query_one
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Static

from timeline_tui.dates.date import BEGINNING
from timeline_tui.drawing.lines import Target
from timeline_tui.drawing.panes import (
    EVENT_FROM,
    LEAST_HEIGHT,
    LEAST_WIDTH,
    ROOMY_FROM,
    SLIM_FROM,
    TALL_FROM,
    EventPlace,
)
from timeline_tui.loading.opened_table import OpenedTable
from timeline_tui.query.date_terms import dates_of
from timeline_tui.query.language import Query, parse_query
from timeline_tui.storage.remembered import Remembered
from timeline_tui.storage.settings import Settings
from timeline_tui.text.sanitize import one_line
from timeline_tui.tui.history import History
from timeline_tui.tui.keys import Pane, bindings, commands
from timeline_tui.tui.open_page import (
    OpenPage,
    PageKind,
)
from timeline_tui.tui.prompts import PromptKind
from timeline_tui.tui.robust_screen import RobustScreen
from timeline_tui.tui.screens.page_flow import PageFlow
from timeline_tui.tui.screens.picture_flow import PictureFlow
from timeline_tui.tui.screens.play_flow import PlayFlow
from timeline_tui.tui.screens.prompt_flow import PromptFlow
from timeline_tui.tui.screens.reader_flow import ReaderFlow
from timeline_tui.tui.screens.request_flow import RequestFailed, RequestFlow, ResultsReady
from timeline_tui.tui.screens.target_flow import TargetFlow
from timeline_tui.tui.state import ScreenState, Visited
from timeline_tui.tui.view_steps import (
    clock_stepped,
    counted_from_selected,
    one_step_wider,
    sorted_in,
    to_match,
    with_actor_alone,
    with_source_switched,
    within_dates,
)
from timeline_tui.tui.widgets.actors import ActorSidebar
from timeline_tui.tui.widgets.clock_line import ClockLine
from timeline_tui.tui.widgets.event import EventPane
from timeline_tui.tui.widgets.header import TimelineHeader
from timeline_tui.tui.widgets.key_bar import KeyBar
from timeline_tui.tui.widgets.overview import OverviewStrip
from timeline_tui.tui.widgets.page import PagePane
from timeline_tui.tui.widgets.panes import PaneArea
from timeline_tui.tui.widgets.picture import PicturePane
from timeline_tui.tui.widgets.prompt import Prompt, PromptInput
from timeline_tui.tui.widgets.timeline import TimelinePane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from timeline_tui.answers.changes import Changes
    from timeline_tui.answers.newly_known import ClockStep
    from timeline_tui.dates.date import Date
    from timeline_tui.loading.opened import Opened
    from timeline_tui.loading.progress import Progress
    from timeline_tui.model.problems import Problem
    from timeline_tui.timeline.actor_counts import ActorCount
    from timeline_tui.timeline.background import ViewRequest, ViewResult
    from timeline_tui.timeline.counted import RowsBehind
    from timeline_tui.timeline.protocol import TimelineView as View
    from timeline_tui.tui.keys import Command
    from timeline_tui.tui.saved_views import ShownAs

_ACTIONS = frozenset(command.action for command in commands(Pane.SCREEN))
_GLANCE = 3
"""Seconds that a notice of a few words stays."""


class Beginning(NamedTuple):
    """How the screen begins."""

    day: int = BEGINNING
    """A day number: the first event on or after it is selected."""
    about: bool = False
    """Whether the start page stands in place of the event until another one is selected."""
    remembered: Remembered = Remembered()
    """Where the reader was and what was typed, as far as it is to be taken up again."""
    has_notes: bool = True
    """Whether the user's marks, notes and saved views are shown and can be changed."""
    behind: RowsBehind | None = None
    """The rows of a table behind the timeline; None without one."""


_TOO_SMALL = frozenset({"-flat", "-tiny"})
"""The classes of a screen in which no pane has room."""


class MainScreen(RobustScreen, Screen[None]):
    """Passes keys to the state, the state to the panes, and requests to the background.

    Only `state` decides what is shown. The first group of reactive attributes repeats it for the panes, which
    are bound to them; only `_change` sets these.
    """

    # Textual declares these two on the instance, so they cannot be ClassVars here.
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-tiny"), (LEAST_WIDTH, "-narrow"), (SLIM_FROM, "-slim"), (ROOMY_FROM, "-roomy"),
    ]  # fmt: skip
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-flat"), (LEAST_HEIGHT, "-low"), (EVENT_FROM, "-short"), (TALL_FROM, "-tall"),
    ]  # fmt: skip

    AUTO_FOCUS = "TimelinePane"

    BINDINGS: ClassVar[list[BindingType]] = bindings(Pane.SCREEN)

    view: reactive[View | None] = reactive(None, repaint=False)
    actor_counts: reactive[tuple[ActorCount, ...]] = reactive((), repaint=False)
    selected: reactive[int] = reactive(-1, repaint=False)
    quote_number: reactive[int] = reactive(0, repaint=False)
    search: reactive[Query] = reactive(Query(), repaint=False)
    matches: reactive[Sequence[int]] = reactive((), repaint=False)
    clock_step: reactive[ClockStep | None] = reactive(None, repaint=False)
    open_page: reactive[OpenPage | None] = reactive(None, bindings=True, repaint=False)

    about: reactive[bool] = reactive(False, repaint=False)
    """Whether the start page stands in place of the event."""
    searching: reactive[bool] = reactive(False, repaint=False)
    """Whether a request takes so long that the header mentions it."""
    two_lines: reactive[bool] = reactive(False, repaint=False)
    """Whether each event takes two lines."""
    visible_range: reactive[tuple[int, int]] = reactive((-1, -1), repaint=False)
    """Positions of the first and the last event in sight."""
    prompt_is_open: reactive[bool] = reactive(False, bindings=True, repaint=False)
    progress: reactive[Progress | None] = reactive(None, repaint=False)
    """How far the file has been read; None when all of it has been."""
    problems: reactive[tuple[Problem, ...]] = reactive((), repaint=False)
    """What is wrong with the file."""
    changes: reactive[Changes | None] = reactive(None, repaint=False)
    """What is new since the last visit; None until that is known."""
    timeline = query_one(TimelinePane)
    actors = query_one(ActorSidebar)
    event_pane = query_one(EventPane)
    prompt = query_one(Prompt)
    panes = query_one(PaneArea)

    @dataclass
    class CommandGiven(Message):
        """A command was typed; the app knows where it works."""

        command: Command
        argument: str

    class RowsRead(Message):
        """The engine of a table has answered what was not waited for."""

    def __init__(
        self,
        opened: Opened | OpenedTable,
        view: View,
        begin: Beginning | None = None,
        settings: Settings | None = None,
    ) -> None:
        """Show a timeline.

        Args:
            opened: The timeline.
            view: What to show of it at first.
            begin: How to begin; as `Beginning()` if not given.
            settings: The user's; the defaults if not given.
        """
        super().__init__()
        self._begin = begin = begin or Beginning()
        remembered = begin.remembered
        self.pages = PageFlow(self, self._mount_page)
        self.pictures = PictureFlow(self, self._mount_picture)
        self.reader = ReaderFlow(self, self.pictures, opened.path if begin.has_notes else "-")
        self.targets = TargetFlow(self, self.pages, self.reader)
        kept = self.reader.read()
        view = view.with_reader(kept.notes)
        self.notice = kept.notice
        self.state = state = ScreenState.first(view, begin.day, remembered.event)
        self.first_view = view
        """The view that the screen began with."""
        self._shown_at_first = state.visited().shown
        self.set_reactive(MainScreen.view, view)
        self.set_reactive(MainScreen.selected, state.selected)
        self.set_reactive(MainScreen.actor_counts, state.actor_counts)
        self.set_reactive(MainScreen.problems, opened.problems)
        self.set_reactive(MainScreen.about, begin.about)
        self.set_reactive(MainScreen.two_lines, bool(remembered.two_lines))
        self._settings = settings or Settings()
        self.last_story = ""
        """The id of the story that was presented last."""
        self._awaited = ""
        self._requests = RequestFlow(self)
        self._history: History[Visited] = History()
        self._before_prompt = state.visited()
        self._prompts = PromptFlow(self, self.pages, self.reader, remembered.typed)
        self.film = PlayFlow(self)
        self._listen(opened)

    def _listen(self, opened: Opened | OpenedTable) -> None:
        """Be told by the engine of a table, for which no key waits."""
        if isinstance(opened, OpenedTable):
            opened.answer_beside(lambda: self.post_message(self.RowsRead()))

    @on(RowsRead)
    def show_rows(self) -> None:
        """Show what an engine has told since."""
        self.timeline.reread()
        self.event_pane.reread()
        for pane in self.query(PicturePane):
            pane.reread()

    def compose(self) -> ComposeResult:
        """The panes, each bound to what it shows; prompt, page and clock line come when first needed."""
        self._take_size_classes()
        self.set_class(not self.actor_counts, "-nobody")
        yield TimelineHeader().data_bind(
            MainScreen.view, MainScreen.problems, MainScreen.progress, MainScreen.searching
        )
        yield OverviewStrip(self._begin.behind).data_bind(
            MainScreen.view, MainScreen.selected, MainScreen.visible_range
        )
        with PaneArea(id="panes", event_place=EventPlace(self._settings["layout"])):
            yield ActorSidebar().data_bind(MainScreen.actor_counts, MainScreen.view)
            yield self._timeline_pane().data_bind(
                MainScreen.view,
                MainScreen.problems,
                MainScreen.selected,
                MainScreen.matches,
                MainScreen.search,
                MainScreen.two_lines,
                MainScreen.changes,
                MainScreen.clock_step,
            )
            yield EventPane(self._settings.keys, self._begin.behind).data_bind(
                MainScreen.view,
                MainScreen.selected,
                MainScreen.quote_number,
                MainScreen.search,
                MainScreen.about,
            )
        yield Static("Too small: needs 40 × 12 or more", id="too-small")
        yield KeyBar()

    def _timeline_pane(self) -> TimelinePane:
        """The timeline, in which a remembered event is on the line where it was."""
        pane, before = TimelinePane(), self._begin.remembered
        if before.event and self.state.visited().event == before.event:
            pane.opens_at = before.line
        return pane

    def _take_size_classes(self) -> None:
        """Set the classes of the breakpoints now, so that the first layout is the only one."""
        self.add_class(*self._size_classes)

    @property
    def _size_classes(self) -> tuple[str, ...]:
        """The classes of the breakpoints for the terminal's size; the screen gets them with its layout."""
        both = zip(self.app.size, (self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS), strict=True)
        return tuple(max(point for point in each if size >= point[0])[1] for size, each in both)

    def on_mount(self) -> None:
        """The overview shows in the same frame which events are in sight."""
        if self.notice:
            self.call_after_refresh(self.notify, self.notice, severity="warning", markup=False)
        self.watch(self.timeline, "visible_range", self._show_visible_range)

    def _show_visible_range(self) -> None:
        self.visible_range = self.main_pane.visible_range

    def on_unmount(self) -> None:
        """Nothing is worked out any more."""
        self._requests.close()

    def on_resize(self) -> None:
        """At every size a visible pane has the focus."""
        self.call_after_refresh(self._refocus)

    def _refocus(self) -> None:
        if not self._too_small and self.awaits_focus:
            self._focus_page_or_timeline()

    @property
    def awaits_focus(self) -> bool:
        """Whether no pane hears keys although there is room: one gets the focus after the next frame."""
        has_room = not _TOO_SMALL.intersection(self._size_classes)
        return has_room and (self.focused is None or not self.focused.display)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002  Textual's own
        """While text is typed, keys are letters and not commands; only claims have other questions."""
        if action in ("next_question", "previous_question"):
            return self.open_page is not None and self.open_page.kind is PageKind.CLAIMS
        return not (action in _ACTIONS and isinstance(self.focused, PromptInput))

    def watch_view(self, view: View | None) -> None:
        """The clock line is there as long as a known-on day is set."""
        has_clock = view is not None and view.known_on is not None
        self.set_class(has_clock, "-clock")
        if has_clock:
            # What is bound to this screen must be mounted by it, not by the palette.
            self.call_next(self._mount_clock_line)

    def watch_actor_counts(self, counts: tuple[ActorCount, ...]) -> None:
        """The sidebar is hidden if the file has no actors."""
        self.set_class(not counts, "-nobody")

    def _mount_clock_line(self) -> None:
        if not self.query(ClockLine):
            line = ClockLine().data_bind(MainScreen.view, MainScreen.clock_step)
            self.mount(line, before="#panes")

    def jump(self, state: ScreenState) -> None:
        """Show another state, to which it is a jump, so that one can go back, if only to another event."""
        if state.selected != self.state.selected and not self.prompt_is_open:
            self._history = self._history.leave(self._here())
        self.change(state)

    def _here(self) -> Visited:
        pane = self.page_pane
        return self.state.visited(pane.target if pane is not None else None)

    def change(self, state: ScreenState, *, leaves: bool = True) -> None:
        """Show another state, and have its request worked out if it has a new one.

        If it shows other things, one can go back, unless it is said that nothing was left (`leaves`).
        """
        if leaves and not self.prompt_is_open and self.state.shows_other_than(state):
            self._history = self._history.leave(self._here())
        before, self.state = self.state, state
        if state.view.is_of_same_timeline(before.view):
            same = (state.selected, state.quote_number) == (before.selected, before.quote_number)
            self.about = self.about and same
        self.search, self.matches, self.view = state.search, state.matches, state.view
        self.clock_step = state.clock_step
        self.selected, self.quote_number = state.selected, state.quote_number
        self.open_page = state.open_page
        if state.picture != before.picture:
            self.set_class(bool(state.picture), "-picture")
            self.pictures.repaint()
            self._show_visible_range()
        self.actor_counts = state.actor_counts
        if state.request is not before.request:
            self._requests.work_out(state.request)

    def mention_search(self, *, is_slow: bool) -> None:
        """Have the header mention a search that takes long, or no longer."""
        self.searching = is_slow

    @on(RequestFailed)
    def give_up(self, event: RequestFailed) -> None:
        """Keep what is shown, and say why it is not what was asked for."""
        self.refuse(event.request, event.reason)

    def refuse(self, request: ViewRequest, reason: str) -> None:
        """Keep what is shown, as a request cannot be answered, and give the reason."""
        if request is self.state.request:
            self.change(replace(self.state, request=None), leaves=False)
            self.notify(one_line(reason), severity="warning", markup=False)

    @on(ResultsReady)
    def take_results(self, event: ResultsReady) -> None:
        """Show results, if they are still requested."""
        self.receive(event.results)

    def receive(self, results: ViewResult) -> None:
        """Show results, if they are still requested."""
        if results.request is not self.state.request:
            return
        self.change(self.state.receive(results))
        self.show_next_frame()
        self._prompts.answer(results)
        self._select_awaited()

    def show(
        self, view: View, *, selected: int | None = None, day: int | None = None, other: Query | None = None
    ) -> None:
        """Show another view as soon as it is worked out; see `ScreenState.request_view`."""
        self.change(self.state.request_view(view, selected=selected, day=day, other=other))

    @property
    def is_as_opened(self) -> bool:
        """Whether the screen shows what a start with the same timeline shows first, except for the event."""
        state = self.state
        return (
            self.progress is None
            and state.request is None
            and state.visited().shown == self._shown_at_first
            and state.clock_step is None
            and not (state.search or self.about or self.prompt_is_open or state.quote_number)
            and not self.has_class("-actors", "-reading", "-page")
            and self.focused is self.timeline
            and not self.actors.scroll_offset.y
            and self.event_pane.is_at_its_beginning
            and self.changes is not None
            and not self.changes.changed
        )

    def remember(self, before: Remembered) -> Remembered:
        """Where the reader is and what was typed; the rest as before.

        Whoever has not moved stays where they were before, if that event could not be selected.
        """
        state, typed = self.state, self._prompts.typed
        if state.is_untouched and state.visited().event != self._begin.remembered.event:
            return structs.replace(before, typed=typed)
        return structs.replace(
            before, event=state.visited().event, line=max(0, self.timeline.cursor_line), typed=typed
        )

    def show_index(self, opened: Opened | OpenedTable, *, grown: bool = True) -> None:
        """Show what has been read of the file since, under the same query and at the same place.

        If more of the file was read (`grown`) and the user has not moved yet, the first event is selected
        again, which may be another one now.
        """
        self.problems = opened.problems
        self._listen(opened)
        # Keys may mean other events now.
        self.changes = None
        state = self.state
        self.change(
            state.request_index(opened.index, self._begin.day, self._begin.remembered.event)
            if grown and state.is_untouched
            else state.request_index(opened.index, None)
        )
        self._prompts.reread(opened.index)
        self._select_awaited()

    def select_when_read(self, event_id: str) -> None:
        """Select an event that was just written, as soon as it has been read."""
        self._awaited = event_id
        self._select_awaited()

    def _select_awaited(self) -> None:
        state = self.state
        if not self._awaited or state.request is not None:
            return
        if (key := state.view.key_of(self._awaited)) is not None:
            self._awaited = ""
            self.go_to_event(key)

    def go_to(self, date: Date) -> None:
        """Select the first event on or after the earliest day of `date`."""
        self.jump(self.state.select_day(date.earliest))

    @on(TimelinePane.Selected)
    def select(self, event: TimelinePane.Selected) -> None:
        """Select an event, unless it is one of a timeline that has been read again since."""
        if event.view.is_of_same_timeline(self.state.view):
            self.change(self.state.select(event.key))
        self.timeline.answer(event)

    @on(TimelinePane.ReadRequested)
    def to_next_change_or_quote(self) -> None:
        """On an event that a step of the clock changed, go to the next of these; else go to the quote."""
        if (state := self.state.next_change()) is not None:
            self.change(state)
            return
        self.about = False
        self.add_class("-reading")
        self.event_pane.focus()

    def action_about(self) -> None:
        """The start page, in place of the event."""
        self.to_timeline()
        self.about = True
        self.add_class("-reading")
        self.event_pane.focus()

    @on(EventPane.Begun)
    def begin(self) -> None:
        """From the start page to the timeline."""
        self.about = False
        self.to_timeline()

    @on(OverviewStrip.DayChosen)
    def go_to_day(self, event: OverviewStrip.DayChosen) -> None:
        """Go to a day pointed at."""
        self.jump(self.state.select_day(event.day))

    @on(ActorSidebar.Toggled)
    def toggle_actor(self, event: ActorSidebar.Toggled) -> None:
        """Add an actor to the filter, or take it out."""
        view = self.state.next_view
        self.show(view.with_query(view.query.toggle("actor", event.id)))

    @on(ActorSidebar.Kept)
    def keep_actors(self, event: ActorSidebar.Kept) -> None:
        """Go to the timeline with the chosen actors; if none is chosen, with the one under the cursor."""
        view = self.state.next_view
        if not view.query.values("actor"):
            self.show(view.with_query(view.query.with_term("actor", event.id)))
        self.to_timeline()

    def action_only(self, actor: str = "") -> None:
        """Filter by one actor alone, here by the one under the cursor; if that is the filter, by none."""
        actor = actor or self._actor_here
        if actor:
            self.show(with_actor_alone(self.state.next_view, actor))

    def action_next_match(self) -> None:
        """To the next match, from the last one to the first."""
        self._to_match(1)

    def action_previous_match(self) -> None:
        """To the previous match, from the first one to the last."""
        self._to_match(-1)

    def _to_match(self, direction: int) -> None:
        step = to_match(self.state, direction)
        self.jump(step.state)
        if step.notice:
            self.notify(step.notice, timeout=_GLANCE if step.is_brief else None, markup=False)

    def action_next_quote(self) -> None:
        """To the next quote of the event."""
        self.change(self.state.turn_quote(1), leaves=False)

    def action_previous_quote(self) -> None:
        """To the previous quote of the event."""
        self.change(self.state.turn_quote(-1), leaves=False)

    def action_next_question(self) -> None:
        """To the claims on the next question."""
        self.change(self.state.turn_topic(1), leaves=False)

    def action_previous_question(self) -> None:
        """To the claims on the previous question."""
        self.change(self.state.turn_topic(-1), leaves=False)

    def action_density(self) -> None:
        """One or two lines a row."""
        self.two_lines = not self.two_lines

    def action_sort(self, order: str = "") -> None:
        """Show the oldest or the newest event first; without a word, the other order."""
        self.show(sorted_in(self.state.next_view, order))

    def action_zone(self, name: str = "") -> None:
        """Show times of day in a time zone; without one, as the file has them."""
        self.show(self.state.next_view.in_zone(name))

    def action_earlier(self) -> None:
        """To the previous day on which something became known."""
        self._step_clock(-1)

    def action_later(self) -> None:
        """To the next day on which something became known; after the last, to all that is known."""
        self._step_clock(1)

    def _step_clock(self, direction: int) -> None:
        view = clock_stepped(self.state.next_view, direction)
        if isinstance(view, str):
            self.notify(view, markup=False)
        elif view is not self.state.next_view:
            self.show(view)

    def set_known_on(self, day: int | None) -> None:
        """Show the timeline as known on a day; None for all that is known. A known event stays."""
        view = self.state.next_view
        if view.known_on != day:
            self.show(view.known_by(day))

    def action_days_from(self) -> None:
        """Count days from the selected event; if they are counted already, show dates again."""
        if (view := counted_from_selected(self.state)) is not None:
            self.show(view)

    @property
    def page_pane(self) -> PagePane | None:
        """The pane of the open page; None if no page is open."""
        return self.pages.pane

    @property
    def target(self) -> Target | None:
        """What a key acts on: the line under the cursor of a page, or the selected event and its quote."""
        pane, state = self.page_pane, self.state
        target = pane.target if pane is not None else None
        if target is not None and target.key >= 0:
            return target
        if state.selected < 0 or not state.view.count:
            return None
        return Target(state.selected, state.quote_number, target.sources if target is not None else ())

    def show_page(self, page: OpenPage, about: Target | None = None) -> None:
        """Open a page, and give it the focus; select the event that it is about, if it is another one."""
        self.pages.open(page, about)

    async def _mount_page(self) -> PagePane:
        pane = PagePane().data_bind(
            MainScreen.view,
            MainScreen.selected,
            MainScreen.quote_number,
            MainScreen.changes,
            MainScreen.problems,
            MainScreen.open_page,
        )
        await self.panes.mount(pane)
        return pane

    def cover_with_page(self) -> None:
        """Show the page that is open over the panes, and give it the focus."""
        self._uncover_timeline()
        self.add_class("-page")
        self.set_focus(self.page_pane)

    @property
    def main_pane(self) -> TimelinePane | PicturePane:
        """The pane of the picture that is shown, else the timeline."""
        return self.pictures.main_pane

    @property
    def is_drawn(self) -> bool:
        """Whether the picture shows the view, if there is a picture, and is not still being counted."""
        pane = self.main_pane
        return not isinstance(pane, PicturePane) or pane.is_prepared

    def action_list(self) -> None:
        """The list of events, in place of a picture."""
        self.pictures.close()

    def action_lanes(self, what: str = "") -> None:
        """The picture of lanes, by what is typed or in an order that is typed; again: back to the list."""
        self.pictures.open("lanes", what)

    def action_clocks(self, what: str = "") -> None:
        """The picture of two clocks, by what is typed; again: back to the list."""
        self.pictures.open("clocks", what)

    def action_map(self, what: str = "") -> None:
        """The map, with the moves of an actor that is typed; again: back to the list."""
        self.pictures.open("map", what)

    def action_who(self, what: str = "") -> None:
        """The matrix of who relates to whom, by what is typed; again: back to the list."""
        self.pictures.open("who", what)

    def action_calendar(self, what: str = "") -> None:
        """The calendar, of years, months, days or hours as is typed; again: back to the list."""
        self.pictures.open("calendar", what)

    def action_play(self, how: str = "") -> None:
        """Play the known-on clock from the day that is shown; any key stops it."""
        self.film.play(how)

    async def _mount_picture(self, name: str) -> PicturePane:
        from timeline_tui.tui.widgets.pictures import picture_pane  # noqa: PLC0415  not before the first frame

        pane = picture_pane(name).data_bind(MainScreen.view, MainScreen.selected, MainScreen.problems)
        pane.behind = self._begin.behind
        await self.panes.mount(pane, after=self.timeline)
        self.watch(pane, "visible_range", self._show_visible_range)
        return pane

    @property
    def shown_as(self) -> ShownAs:
        """Whether the view is shown as a list or as a picture, and how."""
        return self.pictures.shown_as

    @on(PicturePane.Counted)
    def show_next_frame(self) -> None:
        """Show the next frame of a film once this one is painted, if it is due already."""
        if self.film.is_playing:
            self.call_after_refresh(self.film.tick)

    @on(PicturePane.Played)
    def play_picture(self) -> None:
        """Play the known-on clock in a picture."""
        self.film.play()

    @on(PicturePane.Chosen)
    def follow_from_picture(self, event: PicturePane.Chosen) -> None:
        """Go to what was chosen in a picture; events are shown as a list."""
        if not event.view.is_of_same_timeline(self.state.view):
            return
        if event.target.leads == "filter":
            self.show_events(parse_query(event.target.id, self.state.view.vocabulary).query, as_list=True)
        else:
            self.follow(event.target)

    def show_events(self, query: Query, *, as_list: bool = False) -> None:
        """Show the events of a query in the timeline; as a list, not as a picture, if that is said."""
        state = self.state.with_picture("") if as_list else self.state
        self.to_timeline(state.request_view(state.next_view.with_query(query)))

    @on(PicturePane.WindowChosen)
    def show_window(self, event: PicturePane.WindowChosen) -> None:
        """Show only the events of some days or minutes."""
        self.show(within_dates(self.state.next_view, event.dates))

    def action_window(self, typed: str = "") -> None:
        """Show only the events of days that were typed; without any, of all days."""
        self.show(within_dates(self.state.next_view, dates_of(typed)))

    def close_page(self) -> None:
        """Show the panes again."""
        self.change(self.state.with_page(None))
        self.remove_class("-page")

    def _uncover_timeline(self) -> None:
        self.remove_class("-actors", "-reading")
        self.panes.widened = False

    def to_timeline(self, state: ScreenState | None = None) -> None:
        """Close what covers the timeline, and give it the focus; with another state, as one jump."""
        self.jump((state or self.state).with_page(None))
        self.remove_class("-page")
        self._uncover_timeline()
        self.set_focus(self.main_pane)

    def _focus_page_or_timeline(self) -> None:
        if (pane := self.page_pane) is not None:
            self.set_focus(pane)
        else:
            self.to_timeline()

    def action_claims(self, topic: str = "") -> None:
        """Claims on a topic, here of the selected event if it has any; again: back to the timeline."""
        self.pages.open_claims(topic)

    def action_wordings(self) -> None:
        """All wordings of the selected quote, or the quotes to choose from; again: back to the timeline."""
        self.pages.open_wordings()

    def action_list_questions(self) -> None:
        """The questions in dispute, the most contested first."""
        self.show_page(OpenPage(PageKind.QUESTIONS))

    def action_list_quotes(self) -> None:
        """The quotes, those with most wordings first."""
        self.show_page(OpenPage(PageKind.QUOTES))

    def action_list_sources(self) -> None:
        """The sources, those that are cited most first."""
        self.show_page(OpenPage(PageKind.SOURCE_LIST))

    def action_present(self, story: str = "") -> None:
        """Present a story of the file, the first one if none is named; without stories, the events shown."""
        from timeline_tui.telling.path import NoSuchStory, story_or_events  # noqa: PLC0415  not before the first frame
        from timeline_tui.tui.screens.present import PresentScreen  # noqa: PLC0415  not before the first frame

        try:
            path = story_or_events(self.state.view, story)
        except NoSuchStory as error:
            self.notify(one_line(str(error)), severity="warning", markup=False)
            return
        self.last_story = path.id
        number = 0 if path.id else self.state.view.position_of(self.state.selected) + 1
        self.app.push_screen(
            PresentScreen(lambda: story_or_events(self.state.view, path.id or story), number),
            self._go_on_from,
        )

    def _go_on_from(self, target: Target | None) -> None:
        if target is not None:
            self.follow(target)

    def action_list_stories(self) -> None:
        """The stories of the file."""
        self.show_page(OpenPage(PageKind.STORIES))

    def action_list_places(self) -> None:
        """The places of events."""
        self.show_page(OpenPage(PageKind.PLACES))

    def action_list_tags(self) -> None:
        """The tags of events."""
        self.show_page(OpenPage(PageKind.TAGS))

    def action_list_kinds(self) -> None:
        """The kinds of events."""
        self.show_page(OpenPage(PageKind.KINDS))

    def action_list_actors(self) -> None:
        """The actors, those in most events first."""
        self.show_page(OpenPage(PageKind.ACTORS))

    def action_mark(self) -> None:
        """Mark the event, or take the mark away."""
        self.reader.toggle_mark()

    async def action_note(self, text: str = "") -> None:
        """Ask for a note on the event, or take one that was typed."""
        target, view = self.target, self.state.view
        if target is None:
            self.notify("No event is selected.", markup=False)
        elif text:
            self.reader.note(view, target.key, text)
        else:
            present = view.reader.notes.get(view.event(target.key).id)
            self.go_to_event(target.key, target.quote)
            await self._ask(PromptKind.NOTE, one_line(present.text) if present is not None else "")

    def action_list_marks(self) -> None:
        """The events that the reader has marked."""
        self.show_page(OpenPage(PageKind.MARKS))

    def action_list_notes(self) -> None:
        """The notes of the reader, and those that may have been written on this timeline at another path."""
        self.reader.look_elsewhere()
        self.show_page(OpenPage(PageKind.NOTES))

    def action_list_views(self) -> None:
        """The views that the reader has saved."""
        self.show_page(OpenPage(PageKind.VIEWS))

    def action_view(self, name: str = "") -> None:
        """Show the view that was saved under a name, or save this one; without a name, list them."""
        if name:
            self.reader.show_or_save_view(name)
        else:
            self.action_list_views()

    def action_forget_view(self, name: str = "") -> None:
        """Remove a view that was saved; without a name, list them."""
        if name:
            self.reader.forget_view(name)
        else:
            self.action_list_views()

    def action_links(self) -> None:
        """What led to the selected event and what it led to; again: back to the timeline."""
        self.pages.open_or_close(OpenPage(PageKind.LINKS))

    def action_news(self) -> None:
        """What is new since the last visit; again: back to the timeline."""
        self.pages.open_or_close(OpenPage(PageKind.CHANGES))

    def action_rests(self) -> None:
        """What rests on each source alone; again: back to the timeline."""
        self.pages.open_or_close(OpenPage(PageKind.SOURCES))

    def action_without(self, source: str = "") -> None:
        """Take a source away or give it back; without one, show the page where that is done."""
        if source:
            self.take_away_or_give_back(source)
        else:
            self.show_page(OpenPage(PageKind.SOURCES))

    @on(PagePane.Toggled)
    def toggle_source(self, event: PagePane.Toggled) -> None:
        """Take a source away, or give it back."""
        if event.view.is_of_same_timeline(self.state.view):
            self.take_away_or_give_back(event.source)

    def take_away_or_give_back(self, source: str) -> None:
        """Show the timeline without one more source, or with one that was taken away."""
        self.show(with_source_switched(self.state.next_view, source))

    @property
    def _actor_here(self) -> str:
        """The id of the actor under the cursor, else of the speaker or the first actor; empty for none."""
        from timeline_tui.tui.screens.target_actions import actor_of  # noqa: PLC0415  not before the first frame

        target = self.target
        if self.actors.has_focus:
            return self.actors.actor
        return actor_of(self.state.view, target) if target is not None else ""

    def action_actor(self, actor: str = "") -> None:
        """The page of an actor, here of the one that is meant where one is; again: back."""
        if actor:
            self.show_page(OpenPage(PageKind.ACTOR, actor))
        elif here := self._actor_here:
            self.pages.open_or_close(OpenPage(PageKind.ACTOR, here))
        else:
            self.notify("This event has no actors." if self.target else "No event is selected.", markup=False)

    async def action_sides(self, typed: str = "") -> None:
        """Two sides next to each other; if they are shown already, ask for two others."""
        page = self.open_page
        if not self.pages.has_statements():
            return
        if typed:
            self._prompts.do(PromptKind.SIDES, typed)
        elif page is not None and page.kind is PageKind.SIDES:
            await self._ask(PromptKind.SIDES, page.about)
        else:
            self.pages.open_last_sides()

    @on(PagePane.Chosen)
    def follow_chosen(self, event: PagePane.Chosen) -> None:
        """Go to what was chosen on a page."""
        if event.view.is_of_same_timeline(self.state.view) and self.open_page is not None:
            self.follow(event.target)

    @on(EventPane.Chosen)
    def follow_from_event(self, event: EventPane.Chosen) -> None:
        """Go to what was chosen in the event pane."""
        if event.view.is_of_same_timeline(self.state.view):
            self.follow(event.target)

    def follow(self, target: Target) -> None:
        """Go to what a target leads to: another page, an event, or the events that share something."""
        self.targets.follow(target)

    def go_to_event(self, key: int, quote_number: int = 0) -> None:
        """Select an event and a quote of it; the filter is cleared if it excludes the event."""
        self.targets.go_to_event(key, quote_number)

    def action_cite(self) -> None:
        """Copy the citation of the selected quote or claim, or of the event."""
        self.targets.cite()

    def action_sources(self) -> None:
        """Choose a source of the quote or event and open it."""
        self.targets.choose_source()

    def action_archived(self) -> None:
        """Choose an archived copy of a source, or the web archive's own, and open it."""
        self.targets.choose_archived()

    def action_problems(self) -> None:
        """List what is wrong with the file; again: back."""
        if self.problems:
            self.pages.open_or_close(OpenPage(PageKind.PROBLEMS))
        else:
            self.notify("There are no problems in this file.", markup=False)

    def show_columns(self) -> None:
        """List what each column was taken for; again: back."""
        self.pages.open_or_close(OpenPage(PageKind.COLUMNS))

    def go_to_line(self, line: int) -> None:
        """Select the event that a line of the file belongs to."""
        self.targets.go_to_line(line)

    def action_palette(self) -> None:
        """Show every command by name."""
        self.app.action_command_palette()

    def action_next_event(self) -> None:
        """To the next event, from whatever pane."""
        self.timeline.action_cursor_down()

    def action_previous_event(self) -> None:
        """To the previous event, from whatever pane."""
        self.timeline.action_cursor_up()

    def action_actors(self) -> None:
        """To the actors, or from them back to the timeline."""
        if self.actors.has_focus:
            self.action_escape()
        else:
            self.close_page()
            self.add_class("-actors")
            self.panes.widened = True
            self.actors.focus()

    def action_escape(self) -> None:
        """One step back: to the timeline, then end search and filter, give sources back, clear the day."""
        state, view = self.state, self.state.next_view
        if self.prompt_is_open:
            self._prompts.cancel(self.prompt.kind)
        elif self._page_before is not None:
            self.action_go_back()
        elif not self.main_pane.has_focus:
            self.to_timeline()
        elif self.about:
            self.about = False
        elif state.next_search:
            self.change(state.without_search())
        elif self._is_above and view.query == self.first_view.query and not state.picture:
            self.app.pop_screen()
        elif (wider := one_step_wider(view, keeps_window=bool(state.picture))) is not view:
            self.show(wider)
        elif state.picture:
            self.action_list()

    @property
    def _is_above(self) -> bool:
        """Whether it shows a table above the timeline that it stands behind."""
        return self.app.screen_stack[0] is not self and isinstance(self.app.screen_stack[-2], MainScreen)

    @property
    def _page_before(self) -> OpenPage | None:
        """The page from which the open one was reached; None if that was no page, or the same one."""
        page, past = self.open_page, self._history.past
        if page is None or not past or past[-1].page is None or self.has_class("-reading"):
            return None
        is_same = past[-1].page == page and (page.kind is not PageKind.LINKS or past[-1] == self._here())
        return None if is_same else past[-1].page

    def action_go_back(self) -> None:
        """To the place before, as it was left."""
        step = self._history.back(self._here())
        if step is None:
            self.notify("There is nothing further back.", markup=False)
        else:
            self._return_to(*step)

    def action_go_forward(self) -> None:
        """Again to the place from which one went back."""
        step = self._history.forward(self._here())
        if step is None:
            self.notify("There is nothing further forward.", markup=False)
        else:
            self._return_to(*step)

    def _return_to(self, place: Visited, history: History[Visited]) -> None:
        self._history = history
        self.change(self.state.return_to(place), leaves=False)
        self._uncover_timeline()
        self.set_class(place.page is not None, "-page")
        pane = self.page_pane
        if pane is not None:
            pane.point_to(place.target)
        self.set_focus(pane or self.main_pane)

    async def action_find(self, typed: str = "") -> None:
        """Ask what to find in the timeline, or do what is typed already."""
        if typed:
            self._prompts.do(PromptKind.FIND, typed)
        else:
            await self._ask(PromptKind.FIND, "", in_timeline=True)

    async def action_filter(self, typed: str = "") -> None:
        """Ask which events to show, or do what is typed already."""
        if typed:
            self._prompts.do(PromptKind.FILTER, typed)
        else:
            await self._ask(PromptKind.FILTER, str(self.state.view.query))

    async def action_command(self) -> None:
        """Ask for a command by its name."""
        await self._ask(PromptKind.COMMAND, "")

    def run(self, command: Command, argument: str = "") -> None:
        """Have a command carried out, as if its key were pressed where it works."""
        self.post_message(self.CommandGiven(command, argument))

    async def action_go_to_date(self, typed: str = "") -> None:
        """Ask for a date to go to in the timeline, or do what is typed already."""
        if typed:
            self._prompts.do(PromptKind.GO_TO, typed)
        else:
            await self._ask(PromptKind.GO_TO, "", in_timeline=True)

    async def action_known_on(self, typed: str = "") -> None:
        """Ask for the day that the timeline is to be shown as known on, or do what is typed already."""
        if typed:
            self._prompts.do(PromptKind.KNOWN_ON, typed)
        else:
            await self._ask(PromptKind.KNOWN_ON, "")

    @property
    def _too_small(self) -> bool:
        return not _TOO_SMALL.isdisjoint(self.classes)

    async def _ask(self, kind: PromptKind, text: str, *, in_timeline: bool = False) -> None:
        """Open a prompt; one about the timeline closes the page that covers it."""
        if self._too_small or self.prompt_is_open:
            return
        self._before_prompt = self._here()
        self.prompt_is_open = True
        if in_timeline:
            self.close_page()
        await self._prompts.ask(kind, text)

    @on(Prompt.Typed)
    def interpret_typed(self, event: Prompt.Typed) -> None:
        """Show at once what the typed text would do."""
        self._prompts.type(event.kind, event.text)

    @on(Prompt.Entered)
    def accept(self, event: Prompt.Entered) -> None:
        """Do what was typed."""
        self._prompts.enter(event.kind, event.text)

    @on(Prompt.Recalled)
    def recall(self, event: Prompt.Recalled) -> None:
        """Bring back what was entered before."""
        self._prompts.recall(event.kind, event.text, event.direction)

    @on(Prompt.Left)
    def accept_or_cancel(self, event: Prompt.Left) -> None:
        """When the focus moves away, do what was typed, unless it is empty or a mistake."""
        self._prompts.leave(event.kind, event.text)

    @on(Prompt.Cancelled)
    def cancel_prompt(self, event: Prompt.Cancelled) -> None:
        """Go back to where the prompt was opened."""
        self._prompts.cancel(event.kind)

    def prompt_closed(self, *, is_done: bool) -> None:
        """The prompt is closed: keys are commands again, and one can go back to where it was opened."""
        before, here = self._before_prompt, self._here()
        self.prompt_is_open = False
        if here.shown != before.shown or (is_done and here.event != before.event):
            self._history = self._history.leave(before)
        if self.focused is None or isinstance(self.focused, PromptInput):
            self._focus_page_or_timeline()
