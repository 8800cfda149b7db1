"""The screen: the panes and the wires between them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.containers import Container
from textual.getters import query_one
from textual.reactive import reactive
from textual.widgets import Static

from timeline_tui.dates.edtf import BEGINNING
from timeline_tui.query.language import Query
from timeline_tui.tui.bindings import bindings
from timeline_tui.tui.keys import Pane, commands
from timeline_tui.tui.open_page import Kind
from timeline_tui.tui.screens.paged import PagedScreen
from timeline_tui.tui.screens.story import same_event
from timeline_tui.tui.typed_answer import Asked, Meaning, Tried, last_right, meaning, outcome
from timeline_tui.tui.widgets.actors import ActorSidebar
from timeline_tui.tui.widgets.header import StoryHeader
from timeline_tui.tui.widgets.key_bar import KeyBar
from timeline_tui.tui.widgets.overview import OverviewStrip
from timeline_tui.tui.widgets.prompt import Prompt, PromptInput
from timeline_tui.tui.widgets.quote import QuoteView
from timeline_tui.tui.widgets.timeline import TimelinePane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from timeline_tui.loading.open_timeline import Opened
    from timeline_tui.loading.progress import Progress
    from timeline_tui.model.problems import Problem
    from timeline_tui.timeline.background import ViewResult
    from timeline_tui.timeline.view import View

_ACTIONS = frozenset(command.action for command in commands(Pane.SCREEN))


class _Before(NamedTuple):
    """What was shown when a prompt was opened; giving up leads back to it."""

    view: View
    selected: int
    quote_number: int
    sought: Query
    found: Sequence[int] | None
    """None if that is not known in this view."""
    top: int
    """The line of the timeline at the top of its pane."""


class MainScreen(PagedScreen):
    """Hands what is shown and selected down to the panes, and hears their wishes."""

    # Textual declares these two on the instance, so they cannot be ClassVars here.
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (70, "-medium"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (12, "-low"), (18, "-tall")]  # noqa: RUF012

    AUTO_FOCUS = "TimelinePane"

    BINDINGS: ClassVar[list[BindingType]] = bindings(Pane.SCREEN)

    asking: reactive[bool] = reactive(False, bindings=True, repaint=False)
    """Whether a prompt is open."""
    reading: reactive[Progress | None] = reactive(None, repaint=False)
    """How far the file has been read; None when all of it is there."""
    problems: reactive[tuple[Problem, ...]] = reactive((), repaint=False)
    """What is wrong with the file."""
    timeline = query_one(TimelinePane)
    actors = query_one(ActorSidebar)
    quote = query_one(QuoteView)
    prompt = query_one(Prompt)

    def __init__(self, opened: Opened, view: View, day: int = BEGINNING) -> None:
        """Show a timeline.

        Args:
            opened: The timeline.
            view: What to show of it at first.
            day: A day number; the first event from then on is selected.
        """
        selected = view.key_at(view.position_at(day)) if view.count else -1
        super().__init__(view, selected)
        self.set_reactive(MainScreen.problems, opened.problems)
        self._day = day
        self._before = _Before(view, selected, 0, Query(), (), 0)
        self._said = Meaning()
        self._tried: list[Tried] = []

    def compose(self) -> ComposeResult:
        """The panes, each bound to what it shows. The prompt comes when it is first needed."""
        self._take_size_classes()
        self.set_class(not self.counts, "-nobody")
        yield StoryHeader().data_bind(
            MainScreen.view, MainScreen.problems, MainScreen.reading, MainScreen.searching
        )
        yield OverviewStrip().data_bind(MainScreen.view, MainScreen.selected, MainScreen.window)
        with Container(id="panes"):
            sidebar = ActorSidebar().data_bind(MainScreen.counts, MainScreen.view)
            sidebar.border_title = "Actors"
            yield sidebar
            with Container(id="reading"):
                yield TimelinePane().data_bind(
                    MainScreen.view,
                    MainScreen.problems,
                    MainScreen.selected,
                    MainScreen.found,
                    MainScreen.sought,
                    MainScreen.two_lines,
                    MainScreen.news,
                )
                yield QuoteView().data_bind(
                    MainScreen.view, MainScreen.selected, MainScreen.quote_number, MainScreen.sought
                )
        yield Static("More room, please: 40 × 12 or more", id="too-small")
        yield KeyBar()

    def _take_size_classes(self) -> None:
        """The classes that the breakpoints will give, now, so that the first layout is the last."""
        for size, breakpoints in zip(
            self.app.size, (self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS), strict=True
        ):
            self.add_class([name for least, name in breakpoints if size >= least][-1])

    def on_mount(self) -> None:
        """The overview shows what is in sight, in the same frame."""
        self.watch(self.timeline, "window", self._look_at)

    def _look_at(self, window: tuple[int, int]) -> None:
        self.window = window

    def on_resize(self) -> None:
        """No size leaves the keys without a pane that hears them."""
        self.call_after_refresh(self._refocus)

    def _refocus(self) -> None:
        if not self._too_small and (self.focused is None or not self.focused.display):
            self._to_reading()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002  Textual's own
        """While something is typed, keys are letters."""
        return not (action in _ACTIONS and isinstance(self.focused, PromptInput))

    def take(self, opened: Opened, *, grown: bool = True) -> None:
        """Show what has been read of the file since, under the same query and at the same place.

        If it has only grown and nothing was done yet, the first event is selected again, which may be
        another one now.
        """
        old, _ = self.coming
        if old is None:
            return
        view = replace(old, index=opened.index)
        self.problems = opened.problems
        # Keys may mean other events now.
        self.news = None
        self.show(view, day=self._day if grown and self.untouched else None)
        if self.asking:
            before = self._before
            chosen = same_event(before.view, before.selected, view)
            self._before = before._replace(
                view=replace(before.view, index=opened.index),
                selected=-1 if chosen is None else chosen,
                found=None,
            )
            self.understand(Prompt.Typed(self.prompt.asked, self.prompt.text))

    def is_shown(self, findings: ViewResult) -> None:
        """Say in the prompt what came of what was typed, and list whoever is in the file."""
        super().is_shown(findings)
        self.set_class(not self.counts, "-nobody")
        if self.asking and self.prompt.asked in (Asked.FIND, Asked.FILTER) and not self._said.mistake:
            asked = Asked(self.prompt.asked)
            self.prompt.answer(outcome(asked, self._said, findings))

    @on(TimelinePane.Selected)
    def select(self, event: TimelinePane.Selected) -> None:
        """Select an event, unless it is one of a timeline that has grown since."""
        if self.view is not None and event.view.is_of_same_timeline(self.view):
            self.selected = event.key

    @on(TimelinePane.Read)
    def to_quote(self) -> None:
        """Go to the quote view."""
        self.add_class("-reading")
        self.quote.focus()

    @on(OverviewStrip.Sought)
    def seek(self, event: OverviewStrip.Sought) -> None:
        """Go to a day pointed at."""
        self.go_to_day(event.day)

    @on(ActorSidebar.Toggled)
    def toggle_actor(self, event: ActorSidebar.Toggled) -> None:
        """Choose an actor beside the others, or no longer."""
        view, _ = self.coming
        if view is not None:
            self.show(view.with_query(view.query.toggle("actor", event.id)))

    @on(ActorSidebar.Only)
    def only_actor(self, event: ActorSidebar.Only) -> None:
        """Choose one actor alone, or everybody if it was alone."""
        view, _ = self.coming
        if view is not None:
            query = view.query
            others = query.without_field("actor")
            alone = query.values("actor") == (event.id,)
            self.show(view.with_query(others if alone else others.with_term("actor", event.id)))

    @on(Prompt.Typed)
    def understand(self, event: Prompt.Typed) -> None:
        """Show at once what is being typed would do; a mistake leaves what was shown before it was begun."""
        if not self._is_open(event.asked):
            return
        said = self._understood(event.asked, event.text)
        self.prompt.answer(said.answer or "searching …", mistake=said.mistake)
        if not said.mistake:
            self._tried.append(Tried(event.text, said))
        elif event.asked in (Asked.FILTER, Asked.FIND):
            said = last_right(self._tried, event.text, said)
        other = said.other.query if said.other else None
        if event.asked == Asked.FILTER:
            view = self._before.view.with_query(said.query)
            self.show(view, selected=self._before.selected, other=other)
        elif event.asked == Asked.FIND:
            self.look_for(said.query, self._before.selected, other)

    @on(Prompt.Entered)
    def settle(self, event: Prompt.Entered) -> None:
        """Do what was typed; a mistake keeps the prompt open."""
        if not self._is_open(event.asked):
            return
        said = self._understood(event.asked, event.text)
        if event.text.strip() and said.mistake:
            self.prompt.answer(said.answer, mistake=True)
            return
        if event.asked == Asked.KNOWN_ON:
            self.set_clock(said.day)
        elif event.asked == Asked.SIDES:
            if event.text.strip():
                self.open_sides(event.text)
        elif said.date is not None:
            self.go_to(said.date)
        elif event.asked == Asked.FIND and not said.query:
            self._restore()
            self.to_match(1)
        elif event.asked == Asked.FILTER and self.coming[0] != (
            view := self._before.view.with_query(said.query)
        ):
            self.show(view, selected=self._before.selected)
        self._close_prompt()

    @on(Prompt.Left)
    def accept_or_drop(self, event: Prompt.Left) -> None:
        """What was typed holds when something else is turned to, unless it is a mistake."""
        if not self._is_open(event.asked):
            return
        said = self._understood(event.asked, event.text)
        if said.mistake or not event.text.strip():
            self.give_up(Prompt.Abandoned(event.asked))
        else:
            self.settle(Prompt.Entered(event.asked, event.text))

    @on(Prompt.Abandoned)
    def give_up(self, event: Prompt.Abandoned) -> None:
        """Back to where the prompt was opened."""
        if self._is_open(event.asked):
            self._restore()
            self._close_prompt()

    def _is_open(self, asked: str) -> bool:
        """Whether that is being asked now; what a closed prompt still has to say counts no more."""
        return bool(asked) and asked == self.prompt.asked

    def _restore(self) -> None:
        before = self._before
        if self.put(before.view, before.sought, before.found, before.selected):
            self.quote_number = before.quote_number
            self.timeline.scroll_to(y=before.top, animate=False, force=True)

    async def action_find(self) -> None:
        """Ask what to find, in the timeline."""
        self.close_page()
        await self._ask(Asked.FIND, "")

    async def action_filter(self) -> None:
        """Ask what to show."""
        await self._ask(Asked.FILTER, str(self.view.query) if self.view else "")

    async def action_go_to_date(self) -> None:
        """Ask for a date, to go to in the timeline."""
        self.close_page()
        await self._ask(Asked.GO_TO, "")

    async def action_known_on(self) -> None:
        """Ask for the day that the story is to be shown as known on."""
        await self._ask(Asked.KNOWN_ON, "")

    async def action_sides(self) -> None:
        """Two sides next to each other; where they are shown already, ask for two others."""
        if self.subject is not None and self.subject.kind is Kind.SIDES:
            await self._ask(Asked.SIDES, self.subject.about)
        else:
            self.first_sides()

    def action_next_event(self) -> None:
        """To the next event, from whatever pane."""
        self.timeline.action_cursor_down()

    def action_previous_event(self) -> None:
        """To the previous event, from whatever pane."""
        self.timeline.action_cursor_up()

    def action_actors(self) -> None:
        """To the actors, or from them back to the timeline."""
        if self.actors.has_focus:
            self.action_back()
        else:
            self.close_page()
            self.add_class("-actors")
            self.actors.focus()

    def action_back(self) -> None:
        """One step back: to the timeline, then without the find, then without the filter."""
        view, sought = self.coming
        if self.asking:
            self.give_up(Prompt.Abandoned(self.prompt.asked))
        elif not self.timeline.has_focus:
            self.to_timeline()
        elif sought:
            self.forget()
        elif view is not None and view.query:
            self.show(view.with_query(Query()))
        elif view is not None and view.known_on is not None:
            self.set_clock(None)

    def action_problems(self) -> None:
        """List what is wrong with the file; choosing a problem selects the event that it is in."""
        from timeline_tui.tui.screens.choices import problem_choices  # noqa: PLC0415  not before it is asked for
        from timeline_tui.tui.screens.dialogs import ChoiceDialog  # noqa: PLC0415  not before it is asked for

        problems = self.problems
        if not problems:
            self.notify("There are no problems in this file.", markup=False)
            return
        self.app.push_screen(
            ChoiceDialog(f"Problems: {len(problems)}", problem_choices(problems), "go to that place"),
            lambda row: self._to_line(problems[row].line) if row is not None else None,
        )

    @property
    def _too_small(self) -> bool:
        return self.has_class("-flat") or self.has_class("-tiny")

    async def _ask(self, asked: Asked, text: str) -> None:
        if self.view is None or self._too_small or self.asking:
            return
        top = self.timeline.scroll_offset.y
        view, sought = self.coming
        found = self.found if view is self.view and sought == self.sought else None
        self._before = _Before(view or self.view, self.selected, self.quote_number, sought, found, top)
        self.asking = True
        self._tried = []
        if not self.query(Prompt):
            await self.mount(Prompt(), after="#panes")
        self.prompt.ask(asked, f"{text} " if text else "", asked.example)

    def _understood(self, asked: str, text: str) -> Meaning:
        self._said = meaning(Asked(asked), text, self._before.view, self._before.selected)
        return self._said

    def _close_prompt(self) -> None:
        self.prompt.close()
        self.asking = False
        if self.focused is None or isinstance(self.focused, PromptInput):
            self._to_reading()

    def _to_reading(self) -> None:
        """To the page that is open, or to the timeline."""
        if self.page is not None:
            self.set_focus(self.page)
        else:
            self.to_timeline()

    def to_timeline(self) -> None:
        """Close what lies over the timeline, and put the keys there."""
        self.close_page()
        self.remove_class("-actors", "-reading")
        self.set_focus(self.timeline)

    def _to_line(self, line: int) -> None:
        if self.go_to_line(line):
            self.to_timeline()
        else:
            self.notify("That line belongs to no event.", markup=False)
