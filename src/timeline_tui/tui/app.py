"""The app: themes, the palette's commands, and the screen that reads a timeline."""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import App, SystemCommand
from textual.message import Message
from textual.widgets import Input

from timeline_tui.dates.edtf import BEGINNING
from timeline_tui.errors import TimelineError
from timeline_tui.loading.loader import Loading
from timeline_tui.text.sanitize import one_line
from timeline_tui.tui.keys import COMMANDS, Command, Pane
from timeline_tui.tui.reload import Renewal, is_worse
from timeline_tui.tui.screens.loading import LoadingScreen
from timeline_tui.tui.screens.main import MainScreen
from timeline_tui.tui.steady import comes_too_late, is_there
from timeline_tui.tui.terminal.cells import count_as_terminals_do
from timeline_tui.tui.terminal.keyboard import latin_keys
from timeline_tui.tui.themes import NIGHT, PAPER
from timeline_tui.tui.widgets.actors import ActorSidebar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.screen import Screen

    from timeline_tui.answers.changes import Changes
    from timeline_tui.dates.date import Date
    from timeline_tui.loading.open_timeline import Opened
    from timeline_tui.storage.visits import Seen
    from timeline_tui.timeline.view import View

_GLANCE, _LOOK = 0.05, 0.2
"""Seconds between looks at what has arrived, and at the file itself."""
_MOST_SEEN = 100_000
"""Events of the last visit that are worth remembering as long as the program runs."""


class TimelineApp(App[None]):
    """Decides which screen is open; everything else is the screen's."""

    TITLE = "timeline-tui"
    CSS_PATH = "timeline.tcss"
    ENABLE_COMMAND_PALETTE = True

    @dataclass
    class NewsFound(Message):
        """What is new in a timeline is known."""

        opened: Opened
        news: Changes
        notice: str

    def __init__(
        self, source: Opened | Loading, view_of: Callable[[Opened], View], *, go_to: Date | None = None
    ) -> None:
        """Show a timeline that is there, or one that is on its way.

        Args:
            source: The timeline.
            view_of: What to show of it at first; may raise a TimelineError.
            go_to: A date to begin at.
        """
        count_as_terminals_do()
        super().__init__()
        self._source, self._view_of, self._go_to = source, view_of, go_to
        self._shown: Opened | None = None
        self._seen: Seen | None = None
        self._renewal = Renewal(source) if isinstance(source, Loading) else None
        for theme in (NIGHT, PAPER):
            self.register_theme(theme)
        self.set_reactive(App.theme, PAPER.name if _light_terminal() else NIGHT.name)
        self._variables = self.get_css_variables()
        self.stylesheet.set_variables(self._variables)

    def get_default_screen(self) -> Screen[None]:
        """The timeline, or the wait for it."""
        source = self._source
        if not isinstance(source, Loading):
            return self._main_screen(source, self._view_of(source))
        view = self._first_view(source.newest, whole=source.whole) if source.newest else None
        if source.newest is None or view is None:
            return LoadingScreen(source.name, source.size)
        return self._main_screen(source.newest, view)

    def on_ready(self) -> None:
        """Look for garbage again, but not among what has come to stay; listen for what is still to come."""
        self.set_timer(1, _collect_garbage)
        if self._shown is not None:
            self._tell(self._shown.notice)
            self._remember(self._shown)
        if isinstance(self._source, Loading):
            self._listening = self.set_interval(_GLANCE, partial(self._hear, self._source))
            self.set_interval(_LOOK, self._renew)

    def on_unmount(self) -> None:
        """However the program ends, nothing goes on reading."""
        if isinstance(self._source, Loading):
            self._source.stop()
        if self._renewal is not None:
            self._renewal.stop()

    def action_reload(self) -> None:
        """Read the file again, whether it has changed or not."""
        if self._renewal is None or not self._renewal.ask():
            self.notify("This timeline comes from no file that could be read again.", markup=False)

    def action_edit(self) -> None:
        """Open the file in an editor at the event that is read; read it again when the editor closes."""
        main, shown = self._main, self._shown
        if main is None or shown is None:
            return
        from timeline_tui.tui.desktop import edit  # noqa: PLC0415  as above
        from timeline_tui.web.serve import is_served  # noqa: PLC0415  not before it is asked for

        if is_served() or self.is_web or shown.path == "-":
            reason = "standard input" if shown.path == "-" else "a browser"
            self.notify(f"From {reason} there is no editor.", markup=False)
            return
        line = main.view.event(main.read.key).line if main.read and main.view else 1
        if problem := edit(self, Path(shown.path), shown.line_of(line)):
            self.notify(problem, severity="warning", markup=False)

    def action_save_picture(self) -> None:
        """Write the screen as SVG into the current folder."""
        from timeline_tui.tui.desktop import save_picture  # noqa: PLC0415  not before it is asked for

        path = self._shown.path if self._shown is not None else ""
        # Without the palette that it was chosen from.
        self.call_after_refresh(lambda: self.notify(save_picture(self, path), markup=False))

    def _renew(self) -> None:
        """Show what has become of the file, as soon as it has been read again; what is broken is told."""
        main, shown = self._main, self._shown
        if self._renewal is None or main is None or shown is None or not self._renewal.may_begin:
            return
        try:
            opened = self._renewal.newer()
            main.reading = self._renewal.progress
        except TimelineError as error:
            self.notify(
                f"The last good state stays: {one_line(str(error))}", severity="warning", markup=False
            )
            return
        if opened is None:
            return
        if is_worse(opened, shown):
            main.problems = opened.problems
            self.notify("The file has errors now: the last good state stays, p lists them.", markup=False)
            return
        self._shown = opened
        main.take(opened, grown=False)
        self._remember(opened)

    def _hear(self, loading: Loading) -> None:
        """Show what has arrived of the timeline, or end with the reason why there is none."""
        try:
            loading.poll()
            if loading.newest is not None and loading.newest is not self._shown:
                self._take(loading.newest, whole=loading.whole)
        except TimelineError as error:
            self.exit(return_code=2, message=one_line(f"timeline-tui: {error}"))
            return
        for screen in self.screen_stack:
            if isinstance(screen, LoadingScreen):
                screen.progress = loading.progress
            elif isinstance(screen, MainScreen):
                screen.reading = None if loading.whole else loading.progress
        if not loading.pid:
            self._listening.stop()

    def _take(self, opened: Opened, *, whole: bool) -> None:
        view = self._first_view(opened, whole=whole)
        if view is None:
            return
        main = self._main
        if main is None:
            self.push_screen(self._main_screen(opened, view))
        else:
            self._shown = opened
            main.take(opened)
        self._tell(opened.notice)
        self._remember(opened)

    def _remember(self, opened: Opened) -> None:
        """Once the whole timeline is on the screen, find out what is new in it."""
        if isinstance(self._source, Loading) and not self._source.whole:
            return
        from timeline_tui.tui.visit import look_up_news  # noqa: PLC0415  not before the first frame

        self.call_after_refresh(look_up_news, opened, self._seen, partial(self._tell_news, opened))

    def _tell_news(self, opened: Opened, news: Changes, notice: str, seen: Seen) -> None:
        # What changes while the file is shown is new beside what there was before.
        self._seen = seen if len(seen) <= _MOST_SEEN else None
        self.post_message(self.NewsFound(opened, news, notice))

    @on(NewsFound)
    def take_news(self, event: NewsFound) -> None:
        """Mark what is new, if the same timeline is still shown."""
        self._tell(event.notice)
        if event.opened is self._shown and self._main is not None:
            self._main.news = event.news

    def _first_view(self, opened: Opened, *, whole: bool) -> View | None:
        """What to show of a timeline at first; None if what is asked for may come later in the file."""
        try:
            return self._view_of(opened)
        except TimelineError:
            if whole:
                raise
            return None

    def _tell(self, notice: str) -> None:
        if notice:
            self.notify(notice, markup=False)

    @property
    def _main(self) -> MainScreen | None:
        """The timeline's screen, whatever lies over it."""
        return next((screen for screen in self.screen_stack if isinstance(screen, MainScreen)), None)

    def _main_screen(self, opened: Opened, view: View) -> MainScreen:
        self._shown = opened
        return MainScreen(opened, view, self._go_to.earliest if self._go_to else BEGINNING)

    def _handle_exception(self, error: Exception) -> None:
        # Textual ends the app here, whatever was raised in whichever widget.
        if not comes_too_late(self, error):
            super()._handle_exception(error)

    def refresh_css(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002  Textual's own
        """Apply the CSS again, if it says anything else than before: not so when the app starts."""
        variables = self.get_css_variables()
        if variables != self._variables:
            self._variables = variables
            super().refresh_css(animate)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:  # noqa: ARG002  Textual's own
        """Every declared command that makes sense by name, then light and dark."""
        for command in COMMANDS:
            if command.palette:
                title = f"{command.does[0].upper()}{command.does[1:]}"
                yield SystemCommand(title, f"key {command.shown}", partial(self._run, command))
        if not self.is_web:
            told = "SVG, in the current folder"
            yield SystemCommand("Save a picture of the screen", told, self.action_save_picture)
        yield SystemCommand("Theme: light or dark", "the other one", self.action_toggle_theme)
        if main := self._main:
            yield from _actor_commands(main)

    def action_command_palette(self) -> None:
        """Show the palette."""
        from timeline_tui.tui.widgets.palette import Palette  # noqa: PLC0415  not before it is asked for

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def _run(self, command: Command) -> None:
        screen = self.screen
        if isinstance(screen, MainScreen):
            in_list = command.pane in (Pane.LIST, Pane.TIMELINE)
            self.call_later(self.run_action, command.action, screen.timeline if in_list else screen)

    async def on_event(self, event: events.Event) -> None:
        """Hand what is typed and pointed at to a screen that is there: a burst may come before or after.

        A key of another script counts as the Latin one at its place, and pasted lines as one line.
        """
        taken: list[events.Event] = [event]
        if isinstance(event, events.InputEvent) and not event.is_forwarded:
            if self._exit:
                return
            for screen in self.screen_stack[-1:]:
                await is_there(screen)
        if isinstance(event, events.Paste) and not event.is_forwarded and isinstance(self.focused, Input):
            taken = [self._pasted(event, self.focused)]
        if isinstance(event, events.Key) and not event.is_forwarded and not self._types(event):
            taken = [*latin_keys(event)] or taken
        for each in taken:
            await super().on_event(each)

    def _pasted(self, paste: events.Paste, line: Input) -> events.Paste:
        """What is pasted into a line: Textual would take the first of its lines, and say nothing."""
        text = one_line(paste.text)
        kept = len(line.value) - len(line.selected_text)
        if line.max_length and kept + len(text) > line.max_length:
            said = f"This is too long to be pasted: up to {line.max_length:,} characters fit here."
            self.notify(said, severity="warning", markup=False)
            return events.Paste("")
        if lines := paste.text.strip().count("\n"):
            self.notify(f"{lines + 1} lines were pasted as one.", markup=False)
        return events.Paste(text)

    def _types(self, key: events.Key) -> bool:
        """Whether a key is text for what has the focus."""
        return self.focused is not None and self.focused.check_consume_key(key.key, key.character)

    def action_toggle_theme(self) -> None:
        """From night to paper and back."""
        self.theme = PAPER.name if self.theme == NIGHT.name else NIGHT.name


def _actor_commands(screen: MainScreen) -> Iterable[SystemCommand]:
    """Each actor by name. Textual reads titles as markup, so a name with a bracket in it is left out."""
    for actor in screen.counts:
        if actor.count and "[" not in actor.name:
            only = partial(screen.only_actor, ActorSidebar.Only(actor.id))
            yield SystemCommand(f"Only {actor.name}", f"events: {actor.count:,}", only, discover=False)


def _light_terminal() -> bool:
    """Whether the terminal says that it is light, as rxvt, Konsole and others do in COLORFGBG."""
    return os.environ.get("COLORFGBG", "").rpartition(";")[2] in ("7", "15")


def _collect_garbage() -> None:
    gc.freeze()
    gc.enable()
