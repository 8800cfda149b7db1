"""The screen: one view, one selected event, and the wires between the panes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container
from textual.getters import query_one
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Static

from timeline_tui.query import Query
from timeline_tui.tui.actor_sidebar import ActorSidebar
from timeline_tui.tui.bindings import bindings
from timeline_tui.tui.card import quote_with
from timeline_tui.tui.key_bar import KeyBar
from timeline_tui.tui.keys import Pane, commands
from timeline_tui.tui.overview_strip import OverviewStrip
from timeline_tui.tui.prompt import Prompt, PromptInput
from timeline_tui.tui.questions import Asked, Meaning, meaning
from timeline_tui.tui.quote_view import QuoteView
from timeline_tui.tui.story_header import StoryHeader
from timeline_tui.tui.timeline_pane import TimelinePane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from timeline_tui.dates import Date
    from timeline_tui.opening import Opened
    from timeline_tui.view import View

_ACTIONS = frozenset(command.action for command in commands(Pane.SCREEN))


class MainScreen(Screen[None]):
    """Holds what is shown and what is selected; both go down, wishes come up as messages."""

    # Textual declares these two on the instance, so they cannot be ClassVars here.
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (70, "-medium"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (12, "-low"), (18, "-tall")]  # noqa: RUF012

    BINDINGS: ClassVar[list[BindingType]] = bindings(Pane.SCREEN)

    view: reactive[View | None] = reactive(None, repaint=False)
    """What every pane shows."""
    selected: reactive[int] = reactive(-1, repaint=False)
    """Key of the selected event, -1 for none."""
    quote_number: reactive[int] = reactive(0, repaint=False)
    """Which quote of the selected event is read, from 0."""
    window: reactive[tuple[int, int]] = reactive((-1, -1), repaint=False)
    """Positions of the first and last event in sight."""
    found: reactive[Sequence[int]] = reactive((), repaint=False)
    """Positions of the events found in the view, ascending."""
    sought: reactive[Query] = reactive(Query(), repaint=False)
    """What was searched for last."""
    asking: reactive[bool] = reactive(False, bindings=True, repaint=False)
    """Whether a prompt is open."""
    two_lines: reactive[bool] = reactive(False, repaint=False)
    """Whether each event takes two lines."""

    timeline = query_one(TimelinePane)
    actors = query_one(ActorSidebar)
    quote = query_one(QuoteView)
    prompt = query_one(Prompt)

    def __init__(self, opened: Opened, view: View, selected: int) -> None:
        super().__init__()
        self._opened = opened
        self._before = (view, selected)
        self.set_reactive(MainScreen.view, view)
        self.set_reactive(MainScreen.selected, selected)

    def compose(self) -> ComposeResult:
        """The panes, each bound to what it shows. The prompt comes when it is first needed."""
        self._take_size_classes()
        yield StoryHeader(len(self._opened.problems)).data_bind(MainScreen.view)
        yield OverviewStrip().data_bind(MainScreen.view, MainScreen.selected, MainScreen.window)
        with Container(id="panes"):
            yield ActorSidebar().data_bind(MainScreen.view)
            with Container(id="reading"):
                yield TimelinePane(len(self._opened.problems)).data_bind(
                    MainScreen.view,
                    MainScreen.selected,
                    MainScreen.found,
                    MainScreen.sought,
                    MainScreen.two_lines,
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
        """Begin in the timeline."""
        self.actors.border_title = "Actors"
        self.timeline.focus()

    def watch_selected(self, key: int) -> None:
        """Another event is read from its first quote, or the first one found."""
        found = self.sought.beginnings
        if found and self.view is not None and 0 <= key < self.view.total:
            self.quote_number = quote_with(self.view.event(key), found)
        else:
            self.quote_number = 0

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002  Textual's own
        """While something is typed, keys are letters."""
        return not (action in _ACTIONS and isinstance(self.focused, PromptInput))

    def show(self, view: View, *, selected: int | None = None) -> None:
        """Show another view, the selected event staying selected or giving way to the nearest one.

        Args:
            view: What to show.
            selected: Key of the event to select, if not the one selected now.
        """
        wanted = self.selected if selected is None else selected
        self.found = view.find(self.sought) if self.sought else ()
        self.view = view
        self.selected = view.key_at(view.position_of(max(wanted, 0))) if view.count else wanted

    @on(TimelinePane.Selected)
    def select(self, event: TimelinePane.Selected) -> None:
        """Select an event."""
        self.selected = event.key

    @on(TimelinePane.Scrolled)
    def show_window(self, event: TimelinePane.Scrolled) -> None:
        """Let the overview show what is in sight."""
        self.window = (event.first, event.last)

    @on(TimelinePane.Read)
    def read(self) -> None:
        """Go to the quote view."""
        self.add_class("-reading")
        self.quote.focus()

    @on(OverviewStrip.Sought)
    def seek(self, event: OverviewStrip.Sought) -> None:
        """Go to a day pointed at."""
        self._go_to_day(event.day)

    @on(ActorSidebar.Toggled)
    def toggle_actor(self, event: ActorSidebar.Toggled) -> None:
        """Choose an actor beside the others, or no longer."""
        if self.view is not None:
            self.show(self.view.with_query(self.view.query.toggle("actor", event.id)))

    @on(ActorSidebar.Only)
    def only_actor(self, event: ActorSidebar.Only) -> None:
        """Choose one actor alone, or everybody if it was alone."""
        if self.view is not None:
            query = self.view.query
            others = query.without_field("actor")
            alone = query.values("actor") == (event.id,)
            self.show(self.view.with_query(others if alone else others.with_term("actor", event.id)))

    @on(Prompt.Typed)
    def understand(self, event: Prompt.Typed) -> None:
        """Show at once what is being typed would do."""
        said = self._meaning(event.asked, event.text)
        self.prompt.answer(said.answer, mistake=said.mistake)
        before, selected = self._before
        if event.asked == Asked.FILTER and said.query is not None:
            self.show(before.with_query(said.query), selected=selected)
        elif event.asked == Asked.FIND and said.query is not None:
            self._find(said.query, selected)

    @on(Prompt.Entered)
    def settle(self, event: Prompt.Entered) -> None:
        """Do what was typed; a date that is none keeps the prompt open."""
        said = self._meaning(event.asked, event.text)
        if event.asked == Asked.GO_TO and event.text.strip():
            if said.date is None:
                self.prompt.answer(said.answer, mistake=True)
                return
            self.go_to(said.date)
        self._close_prompt()

    @on(Prompt.Abandoned)
    def give_up(self, event: Prompt.Abandoned) -> None:
        """Back to where the prompt was opened."""
        view, selected = self._before
        if event.asked == Asked.FIND:
            self.sought = Query()
        self.show(view, selected=selected)
        self._close_prompt()

    def go_to(self, date: Date) -> None:
        """Select the first event on or after the earliest day of `date`."""
        self._go_to_day(date.earliest)

    async def action_find(self) -> None:
        """Ask what to find."""
        await self._ask(Asked.FIND, str(self.sought))

    async def action_filter(self) -> None:
        """Ask what to show."""
        await self._ask(Asked.FILTER, str(self.view.query) if self.view else "")

    async def action_go_to_date(self) -> None:
        """Ask for a date."""
        await self._ask(Asked.GO_TO, "")

    def action_next_match(self) -> None:
        """To the next event found, from the last one to the first."""
        self._to_match(1)

    def action_previous_match(self) -> None:
        """To the previous event found, from the first one to the last."""
        self._to_match(-1)

    def action_next_quote(self) -> None:
        """To the next quote of the event."""
        self._turn(1)

    def action_previous_quote(self) -> None:
        """To the previous quote of the event."""
        self._turn(-1)

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
            self.add_class("-actors")
            self.actors.focus()

    def action_density(self) -> None:
        """One or two lines a row."""
        self.two_lines = not self.two_lines

    def action_back(self) -> None:
        """One step back: to the timeline, then without the find, then without the filter."""
        if self.asking:
            self.prompt.post_message(Prompt.Abandoned(self.prompt.asked))
        elif not self.timeline.has_focus:
            self.remove_class("-actors", "-reading")
            self.timeline.focus()
        elif self.sought:
            self.sought, self.found = Query(), ()
        elif self.view is not None and self.view.query:
            self.show(self.view.with_query(Query()))

    def action_cite(self) -> None:
        """Copy the citation of the quote that is read, or of the event."""
        if self.view is None or self.selected < 0 or not self.view.count:
            return
        from timeline_tui.citation import cite  # noqa: PLC0415  not before it is asked for

        event = self.view.event(self.selected)
        quote = event.quotes[self.quote_number] if event.quotes else None
        text = cite(self.view, event, quote)
        self.app.copy_to_clipboard(text)
        self.notify(text, title="Copied", markup=False)

    def action_sources(self) -> None:
        """Choose a source of what is read and open it."""
        if self.view is None or self.selected < 0 or not self.view.count:
            return
        from timeline_tui.tui.choices import open_source, source_choices  # noqa: PLC0415  not before it is asked for
        from timeline_tui.tui.dialogs import ChoiceDialog  # noqa: PLC0415  not before it is asked for

        choices, addresses = source_choices(self.view, self.selected, self.quote_number)
        if not choices:
            self.notify("No source is given for this.", markup=False)
            return
        self.app.push_screen(
            ChoiceDialog("Sources", choices, "open in the browser"),
            lambda row: open_source(self.app, addresses[row]) if row is not None else None,
        )

    def action_problems(self) -> None:
        """List what is wrong with the file; choosing a problem selects the event that it is in."""
        from timeline_tui.tui.choices import problem_choices  # noqa: PLC0415  not before it is asked for
        from timeline_tui.tui.dialogs import ChoiceDialog  # noqa: PLC0415  not before it is asked for

        problems = self._opened.problems
        if not problems:
            self.notify("There are no problems in this file.", markup=False)
            return
        self.app.push_screen(
            ChoiceDialog(f"Problems: {len(problems)}", problem_choices(problems), "go to the event"),
            lambda row: self._go_to_line(problems[row].line) if row is not None else None,
        )

    def action_keys(self) -> None:
        """Show the page of keys."""
        from timeline_tui.tui.help_screen import HelpScreen  # noqa: PLC0415  not before it is asked for

        self.app.push_screen(HelpScreen())

    def action_palette(self) -> None:
        """Show every command by name."""
        self.app.action_command_palette()

    @property
    def _too_small(self) -> bool:
        return self.has_class("-flat") or self.has_class("-tiny")

    async def _ask(self, asked: Asked, text: str) -> None:
        if self.view is None or self._too_small:
            return
        self._before = (self.view, self.selected)
        self.asking = True
        if not self.query(Prompt):
            await self.mount(Prompt(), after="#panes")
        self.prompt.ask(asked, text, asked.example)

    def _meaning(self, asked: str, text: str) -> Meaning:
        return meaning(Asked(asked), text, self._before[0], self._before[1])

    def _close_prompt(self) -> None:
        self.prompt.close()
        self.asking = False
        self.remove_class("-actors")
        self.timeline.focus()

    def _find(self, query: Query, start: int) -> None:
        view = self.view
        if view is None:
            return
        self.sought = query
        self.found = view.find(query) if query else ()
        self.selected = start
        if self.found:
            place = bisect_left(self.found, view.position_of(max(start, 0)))
            self.selected = view.key_at(self.found[place % len(self.found)])

    def _to_match(self, direction: int) -> None:
        view = self.view
        if view is None or not self.sought:
            return
        if not self.found:
            self.notify(f"Nothing in view matches {self.sought}", markup=False)
            return
        here = view.position_of(max(self.selected, 0))
        place = bisect_right(self.found, here) if direction > 0 else bisect_left(self.found, here) - 1
        self.selected = view.key_at(self.found[place % len(self.found)])

    def _turn(self, direction: int) -> None:
        if self.view is None or self.selected < 0 or not self.view.count:
            return
        count = len(self.view.event(self.selected).quotes)
        if count:
            self.quote_number = (self.quote_number + direction) % count

    def _go_to_day(self, day: int) -> None:
        if self.view is not None and self.view.count:
            self.selected = self.view.key_at(self.view.position_at(day))

    def _go_to_line(self, line: int) -> None:
        if self.view is None or not self.view.total:
            return
        self.show(self.view.with_query(Query()), selected=self.view.key_at_line(line))
