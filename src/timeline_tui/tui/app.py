"""The app: themes, the palette, the open screen, and the file behind it."""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from msgspec import structs
from textual import events, on
from textual.app import App
from textual.message import Message
from textual.widgets import Input

from timeline_tui.dates.date import days_in_edtf
from timeline_tui.dates.edtf import BEGINNING, END
from timeline_tui.errors import TimelineError
from timeline_tui.loading.loader import Loading
from timeline_tui.loading.opened_table import OpenedTable
from timeline_tui.query.date_terms import dates_of
from timeline_tui.query.language import DURING, Query
from timeline_tui.storage.remembered import KeptPlace, Remembered, RememberedFile
from timeline_tui.storage.settings import AUTOMATIC, Settings, checked_keys
from timeline_tui.text.sanitize import one_line
from timeline_tui.text.similar import did_you_mean
from timeline_tui.timeline.counted import RowsBehind
from timeline_tui.tui.file_changes import FileReloader, find_changes, is_worse
from timeline_tui.tui.keys import Command, Pane, as_written, default_keys, keymap, steps, wrong_keys
from timeline_tui.tui.robust_screen import RobustScreen, is_laid_out, is_late_error, until_mounted
from timeline_tui.tui.screens.main import Beginning, MainScreen
from timeline_tui.tui.terminal.cells import count_as_terminals_do
from timeline_tui.tui.terminal.keyboard import QuickKey, latin_keys
from timeline_tui.tui.themes import NIGHT, PAPER, THEMES, completed
from timeline_tui.tui.type_ahead import PressedAgain, TypeAhead
from timeline_tui.tui.widgets.actors import ActorSidebar
from timeline_tui.tui.widgets.event import EventPane
from timeline_tui.tui.widgets.page import PagePane
from timeline_tui.tui.widgets.picture import PicturePane
from timeline_tui.tui.widgets.row_list import RowList
from timeline_tui.tui.widgets.timeline import TimelinePane

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import RenderableType
    from textual.command import Provider
    from textual.dom import DOMNode
    from textual.screen import Screen
    from textual.widget import Widget

    from timeline_tui.answers.changes import Changes
    from timeline_tui.dates.date import Date
    from timeline_tui.editing.writes import Writes
    from timeline_tui.loading.opened import Opened
    from timeline_tui.storage.kept_pictures import Picture
    from timeline_tui.storage.visits import Seen
    from timeline_tui.timeline.protocol import TimelineView as View
    from timeline_tui.tui.screens.loading import LoadingScreen

_CALM = 1.0
"""Seconds after the first frame until what is not needed for it is done."""
_POLL_LOADING, _POLL_FILE = 0.05, 0.2
"""Seconds between two polls of the loading process, and of the file on disk."""
_MAX_KEPT_EVENTS = 100_000
"""Up to this many events, the last visit is kept in memory as long as the program runs."""

_ENDING_FILM = ("space", "escape")
"""Keys that do nothing else while a film is played."""
_GLANCE = 3
"""Seconds that a notice of a few words stays."""
_NEW_ERRORS = "The file has errors now. Still showing the last good version; press p for the errors."


_PANES: dict[type[Widget], tuple[Pane, ...]] = {
    TimelinePane: (Pane.TIMELINE, Pane.LIST),
    PicturePane: (Pane.PICTURE,),
    ActorSidebar: (Pane.ACTORS, Pane.LIST),
    EventPane: (Pane.EVENT,),
    PagePane: (Pane.PAGE, Pane.LIST),
}


def _provider() -> type[Provider]:
    """What the palette finds; loaded when it is first opened."""
    from timeline_tui.tui.widgets.palette import TimelineProvider  # noqa: PLC0415  not before the first frame

    return TimelineProvider


class Start(NamedTuple):
    """How the app begins."""

    settings: Settings = Settings()
    """The user's."""
    go_to: Date | None = None
    """The first event on or after this date is selected."""
    first_visit: bool = False
    """Whether to begin with the start page."""
    keep_picture: Callable[[Picture, bytes, bytes], None] | None = None
    """Keeps what a start with the same timeline shows first while so much is stored: the reader's notes, and
    where the reader was."""
    place: RememberedFile | None = None
    """Where it is stored where the reader was; None to remember nothing."""
    kept: KeptPlace = KeptPlace(Remembered())
    """What was stored there."""
    has_notes: bool = True
    """Whether the user's marks, notes and saved views are shown and can be changed."""
    is_taken_up: bool = True
    """Whether the reader begins where they were."""
    story: str | None = None
    """The id of a story to present, empty for the first one; None to show the timeline."""
    over: OpenedTable | None = None
    """The table that stands behind the timeline; None for none."""


class TimelineApp(App[None]):
    """Opens the screens, and passes them what is read of the file."""

    TITLE = "timeline-tui"
    CSS_PATH = "timeline.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_provider}

    @dataclass
    class ChangesFound(Message):
        """What is new in a timeline is known."""

        opened: Opened | OpenedTable
        changes: Changes
        notice: str

    def __init__(
        self,
        source: Opened | OpenedTable | Loading,
        view_of: Callable[..., View],
        start: Start | None = None,
    ) -> None:
        """Show a timeline that is open, or one that is being loaded.

        Args:
            source: The timeline.
            view_of: What to show of it at first; may raise a TimelineError.
            start: How to begin; as `Start()` if not given.
        """
        start = start or Start()
        count_as_terminals_do()
        self._has_themes = False
        super().__init__()
        self._source, self._view_of, self._go_to = source, view_of, start.go_to
        self._keep_picture = start.keep_picture
        self._place, self._kept, self._is_taken_up = start.place, start.kept, start.is_taken_up
        self._has_notes = start.has_notes
        self._is_touched = False
        self._first_visit = start.first_visit
        self._story, self._over = start.story, start.over
        self._shown: Opened | OpenedTable | None = None
        self._waiting: LoadingScreen | None = None
        self._seen: Seen | None = None
        self._writes: Writes | None = None
        self._reloader = FileReloader(source) if isinstance(source, Loading) else None
        self.settings = checked_keys(start.settings, default_keys())
        self.set_keymap(keymap(self.settings.keys))
        self._steps = steps(self.settings.keys)
        self._type_ahead = TypeAhead(self._pass_on, self._is_settled, self._steps)
        for theme in THEMES:
            self.register_theme(theme)
        self._has_themes = True
        self._theme_at_first = self._first_theme()
        self.set_reactive(App.theme, self._theme_at_first)
        self._variables = self.get_css_variables()
        self.stylesheet.set_variables(self._variables)

    def get_default_screen(self) -> Screen[None]:
        """The main screen, or the loading screen until there is something to show."""
        source = self._source
        if not isinstance(source, Loading):
            return self._main_screen(source, self._view_of(source))
        view = self._first_view(source.newest, whole=source.whole) if source.newest else None
        if source.newest is None or view is None:
            from timeline_tui.tui.screens.loading import LoadingScreen  # noqa: PLC0415  only of long files

            self._waiting = LoadingScreen(source.name, source.size)
            return self._waiting
        return self._main_screen(source.newest, view)

    def on_ready(self) -> None:
        """Turn the garbage collector on again, and start to poll what is still being read."""
        self.set_timer(_CALM, self._become_calm)
        self._report_settings()
        self._notify(self._kept.notice)
        if self._shown is not None:
            self._notify(self._shown.notice)
            self._find_changes(self._shown)
            self._present(whole=not isinstance(self._source, Loading) or self._source.whole)
        if isinstance(self._source, Loading):
            self._polling = self.set_interval(_POLL_LOADING, partial(self._poll_loading, self._source))
            self.set_interval(_POLL_FILE, self._poll_file)

    def _become_calm(self) -> None:
        """Do what had to wait for the first frame."""
        _collect_garbage()
        self._keep_first_picture()

    def _keep_first_picture(self) -> None:
        """Keep what the screen shows, if a start with the same timeline shows the same first."""
        main = self._main
        if not self._is_touched and main is not None and main.state.is_untouched:
            self._keep_picture_of(main)

    def _keep_picture_of(self, main: MainScreen) -> None:
        if self._keep_picture is None or self.screen is not main or self._notifications:
            return
        from timeline_tui.tui.kept_screen import picture_of  # noqa: PLC0415  not before the first frame

        # The event is painted with the picture, or given up for the next key.
        picture = picture_of(main)
        if picture is not None and main.is_as_opened:
            self._keep_picture(picture, main.reader.raw, self._kept.raw)

    async def action_quit(self) -> None:
        """End the program once all keys have been painted, so that the next start can show the same."""
        if self._main is self.screen:
            self.call_after_refresh(self.exit)
        else:
            self.exit()

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End the program; where the reader is, is remembered, and shown first the next time."""
        if not self._exit:
            self._remember()
        super().exit(result, return_code, message)

    def _remember(self) -> None:
        """Remember where the reader is, and keep the picture that the next start begins with."""
        main, before = self._main, self._kept.remembered
        if self._place is None or main is None:
            return
        now = main.remember(before)
        view, first = main.state.next_view, main.first_view
        now = structs.replace(
            now,
            two_lines=before.two_lines if main.two_lines is bool(before.two_lines) else main.two_lines,
            theme=before.theme if self.theme == self._theme_at_first else self.theme,
            sort=before.sort if view.newest is first.newest else "newest" if view.newest else "oldest",
            zone=before.zone if view.zone == first.zone else view.zone,
        )
        if now != before:
            self._kept = self._place.write(now)
        is_shown_next = main.state.is_untouched or self._is_taken_up
        if is_shown_next and self._kept.raw and main.timeline.is_at_rest:
            self._keep_picture_of(main)

    def on_unmount(self) -> None:
        """Stop the processes that read, however the program ends."""
        if isinstance(self._source, Loading):
            self._source.stop()
        if self._reloader is not None:
            self._reloader.stop()

    def action_reload(self) -> None:
        """Read the file again, whether it has changed or not; open a table again."""
        shown = self._over if self._rows_screen else self._shown
        if isinstance(shown, OpenedTable):
            self._reopen(shown)
            return
        if self._reloader is None or not self._reloader.reload():
            self.notify("This timeline did not come from a file, so it cannot be reloaded.", markup=False)

    def action_mapping(self, typed: str = "") -> None:
        """List what each column of the file was taken for; with a change, make it and read the file again."""
        main, shown = self._rows_screen or self._main, self._over if self._rows_screen else self._shown
        if main is None or shown is None:
            return
        if not typed:
            main.show_columns()
            return
        from timeline_tui.tui.column_choices import take  # noqa: PLC0415  not before the first frame
        from timeline_tui.web.serving import is_served  # noqa: PLC0415  not before the first frame

        if is_served() or self.is_web:
            self.notify("What columns are taken for cannot be changed from the browser.", markup=False)
            return
        if isinstance(shown, OpenedTable):
            try:
                self._reopen(shown.taking(typed))
            except TimelineError as error:
                self.notify(one_line(str(error)), severity="warning", markup=False)
            return
        told, is_changed = take(shown, typed)
        if told:
            self.notify(told, markup=False)
        if is_changed:
            self.action_reload()

    def _reopen(self, shown: OpenedTable) -> None:
        """Open a table again in a thread, and show it as it is now."""
        rows = self._rows_screen

        def work() -> None:
            try:
                opened = shown.again()
            except TimelineError as error:
                self.call_from_thread(self.notify, one_line(str(error)), severity="warning", markup=False)
            else:
                self.call_from_thread(self._show_again, opened, rows)

        Thread(target=work, name="tables", daemon=True).start()

    def _show_again(self, opened: OpenedTable, rows: MainScreen | None) -> None:
        """Show a table as it is now: the one behind the timeline if its rows are on a screen of theirs."""
        screen = rows or self._main
        if rows is not None:
            self._over = opened
        else:
            self._shown = opened
        if screen is not None and screen in self.screen_stack:
            screen.show_index(opened, grown=False)
            self.notify("The table was opened again.", timeout=_GLANCE, markup=False)

    def action_edit(self) -> None:
        """Open the file in an editor at the selected event; it is read again when it changes."""
        main, shown = self._main, self._shown
        if main is None or shown is None:
            return
        if shown.is_table:
            self.notify("A table on an engine is only read: it has no file to edit.", markup=False)
            return
        from timeline_tui.tui.desktop import edit  # noqa: PLC0415  not before the first frame
        from timeline_tui.web.serving import is_served  # noqa: PLC0415  not before the first frame

        if is_served() or self.is_web or shown.path == "-":
            place = "a timeline from standard input" if shown.path == "-" else "the browser"
            self.notify(f"You cannot open an editor from {place}.", markup=False)
            return
        target = main.target
        line = main.state.view.event(target.key).line if target else 1
        if problem := edit(self, Path(shown.path), line, self.settings["editor"]):
            self.notify(problem, severity="warning", markup=False)

    def action_add(self) -> None:
        """Ask about a new event, and write it."""
        self._write("add_event")

    def action_change(self) -> None:
        """Ask about the fields of the selected event, and write them."""
        self._write("change_event")

    def action_undo(self) -> None:
        """Undo the last write."""
        self._write("undo")

    def action_note_archived(self, address: str = "") -> None:
        """Write the address of an archived copy for the source that was opened last."""
        self._write("note_archived", address)

    def action_change_story(self, typed: str = "") -> None:
        """Add what is shown as a step to a story, or begin another story."""
        self._write("change_story", typed)

    def action_rows(self, typed: str = "") -> None:
        """List the rows of the table behind the timeline, of the selected event's day or of a date."""
        main, over = self._main, self._over
        if over is None:
            self.notify("No table stands behind this timeline: open it with --over TABLE.", markup=False)
            return
        if main is None or self.screen is not main:
            return
        from timeline_tui.tables.view import TableView  # noqa: PLC0415  of an extra

        state = main.state
        dates = dates_of(typed)
        if not dates and state.view.count and state.selected >= 0:
            date = state.view.date_of(state.selected)
            ends = [day for day in (date.earliest, date.latest) if BEGINNING < day < END]
            dates = days_in_edtf(ends[0], ends[-1]) if ends else ""
        query = Query().with_term(DURING, dates) if dates else Query()
        view = TableView(over.table, query, today=state.view.today)
        self.push_screen(MainScreen(over, view, Beginning(has_notes=False), self.settings))

    def action_take(self) -> None:
        """Copy the selected row of the table behind the timeline as an event into the file."""
        main, screen, shown = self._main, self.screen, self._shown
        target = screen.target if isinstance(screen, MainScreen) else None
        if main is None or shown is None or screen is main or target is None:
            self.notify(
                "There is no row to take here: :rows lists those of the table (--over).", markup=False
            )
            return
        from timeline_tui.editing.writes import Writes  # noqa: PLC0415  not before the first frame
        from timeline_tui.tables.taking import source_of  # noqa: PLC0415  of an extra
        from timeline_tui.tui.file_actions import FileActions, no_writing  # noqa: PLC0415  as above

        reason = no_writing(self, shown)
        if reason or self._over is None or not isinstance(screen, MainScreen):
            self.notify(reason, severity="warning", markup=False)
            return
        if self._writes is None:
            self._writes = Writes(Path(shown.path))
        row = screen.state.view.event(target.key)
        FileActions(self, main, self._writes).take(row, source_of(self._over.table.described.address)[1])

    def _write(self, action: str, *arguments: str) -> None:
        """Do something that changes the file, if that can be done."""
        main, shown = self._main, self._shown
        if main is None or shown is None or self.screen is not main:
            return
        from timeline_tui.editing.writes import Writes  # noqa: PLC0415  not before the first frame
        from timeline_tui.tui.file_actions import FileActions, no_writing  # noqa: PLC0415  not before the first frame

        reason = no_writing(self, shown) or ("" if self._is_read_whole else "The file is still being read.")
        if reason:
            self.notify(reason, severity="warning", markup=False)
            return
        if self._writes is None:
            self._writes = Writes(Path(shown.path))
        # A message of before would cover the last lines of the window, which tell its keys.
        self.clear_notifications()
        getattr(FileActions(self, main, self._writes), action)(*arguments)

    @property
    def _is_read_whole(self) -> bool:
        return self._reloader is None or self._reloader.can_start

    def action_export(self, name: str = "") -> None:
        """Write what is shown to a file."""
        if (main := self._main) is not None:
            from timeline_tui.tui.exporting import export_shown  # noqa: PLC0415  not before the first frame

            export_shown(self, main, name)

    def action_save_picture(self) -> None:
        """Write the screen as SVG into the current folder."""
        if self.is_web:
            self.notify("A picture cannot be saved from the browser.", markup=False)
            return
        from timeline_tui.tui.desktop import save_picture  # noqa: PLC0415  not before the first frame

        path = self._shown.path if self._shown is not None else ""
        # After the palette, from which it was chosen, has closed.
        self.call_after_refresh(lambda: self.notify(save_picture(self, path), markup=False))

    def _poll_file(self) -> None:
        """Show the file when it has been read again, unless it has more errors than before."""
        main, shown = self._main, self._shown
        if self._reloader is None or main is None or shown is None or not self._reloader.can_start:
            return
        try:
            opened = self._reloader.poll()
            main.progress = self._reloader.progress
        except TimelineError as error:
            self.notify(
                f"Still showing the last good version: {one_line(str(error))}",
                severity="warning",
                markup=False,
            )
            return
        if opened is None:
            return
        for screen in self.screen_stack:
            if isinstance(screen, RobustScreen):
                screen.file_changed()
        if is_worse(opened, shown):
            main.problems = opened.problems
            self.notify(_NEW_ERRORS, markup=False)
            return
        self._shown = opened
        main.show_index(opened, grown=False)
        self._find_changes(opened)

    def _poll_loading(self, loading: Loading) -> None:
        """Show what has been loaded of the timeline; if it cannot be loaded, end with the reason."""
        try:
            loading.poll()
            if loading.newest is not None and loading.newest is not self._shown:
                self._show_loaded(loading.newest, whole=loading.whole)
        except TimelineError as error:
            self.exit(return_code=2, message=one_line(f"timeline-tui: {error}"))
            return
        for screen in self.screen_stack:
            if isinstance(screen, MainScreen):
                screen.progress = None if loading.whole else loading.progress
            elif screen is self._waiting and self._waiting is not None:
                self._waiting.progress = loading.progress
        if not loading.pid:
            self._polling.stop()

    def _show_loaded(self, opened: Opened | OpenedTable, *, whole: bool) -> None:
        view = self._first_view(opened, whole=whole)
        if view is None:
            return
        main = self._main
        if main is None:
            self.push_screen(self._main_screen(opened, view))
        else:
            self._shown = opened
            main.show_index(opened)
        self._notify(opened.notice)
        self._find_changes(opened)
        self.call_later(self._present, whole=whole)

    def _present(self, *, whole: bool) -> None:
        """Present the story that was asked for, once the whole file has been read."""
        if self._story is not None and whole and self._main is not None:
            story, self._story = self._story, None
            self._main.action_present(story)

    def _find_changes(self, opened: Opened | OpenedTable) -> None:
        """Once the whole timeline is on the screen, find out what is new since the last visit."""
        from timeline_tui.loading.opened import Opened  # noqa: PLC0415  loaded with what is shown

        if not isinstance(opened, Opened) or (isinstance(self._source, Loading) and not self._source.whole):
            return
        self.call_after_refresh(find_changes, opened, self._seen, partial(self._post_changes, opened))

    def _post_changes(self, opened: Opened | OpenedTable, changes: Changes, notice: str, seen: Seen) -> None:
        # A change while the file is shown is also compared with the visit before this one.
        self._seen = seen if len(seen) <= _MAX_KEPT_EVENTS else None
        self.post_message(self.ChangesFound(opened, changes, notice))

    @on(ChangesFound)
    def show_changes(self, event: ChangesFound) -> None:
        """Mark what is new, if the same timeline is still shown."""
        self._notify(event.notice)
        if event.opened is self._shown and self._main is not None:
            self._main.changes = event.changes
            if self._first_visit:
                self._main.reader.tell_what_moved()
            self.call_after_refresh(self._keep_first_picture)

    def _first_view(self, opened: Opened | OpenedTable, *, whole: bool) -> View | None:
        """What to show of a timeline at first; None if what the query names may come later in the file."""
        try:
            return self._view_of(opened)
        except TimelineError:
            if whole:
                raise
            return None

    def _notify(self, notice: str) -> None:
        if notice:
            self.notify(notice, markup=False)

    @property
    def _main(self) -> MainScreen | None:
        """The main screen, also while another screen covers it; None while loading."""
        return next((screen for screen in self.screen_stack if isinstance(screen, MainScreen)), None)

    @property
    def _rows_screen(self) -> MainScreen | None:
        """The screen with the rows of the table behind the timeline, if it is the one in sight."""
        screen = self.screen
        return screen if isinstance(screen, MainScreen) and screen is not self._main else None

    @property
    def _rows_behind(self) -> RowsBehind | None:
        """The rows of the table behind the timeline; None without one."""
        if self._over is None:
            return None
        return RowsBehind(self._over.table.described.address.name, self._over.table.whole.days)

    def _main_screen(self, opened: Opened | OpenedTable, view: View) -> MainScreen:
        self._shown = opened
        day = self._go_to.earliest if self._go_to else BEGINNING
        remembered = self._kept.remembered
        if not self._is_taken_up:
            remembered = structs.replace(remembered, event="")
        begin = Beginning(day, self._first_visit, remembered, self._has_notes, self._rows_behind)
        return MainScreen(opened, view, begin, self.settings)

    def _handle_exception(self, error: Exception) -> None:
        # Textual ends the app here, whatever was raised in whichever widget.
        if not is_late_error(self, error):
            super()._handle_exception(error)

    def _report_settings(self) -> None:
        """Say what is wrong with the settings, in one notice."""
        messages = [str(problem) for problem in self.settings.problems]
        lines = self.settings.key_lines
        messages += [
            f"line {lines.get(name, 0)}: {told}" for name, told in wrong_keys(self.settings.keys).items()
        ]
        theme = self.settings["theme"]
        if theme not in (AUTOMATIC, *self.available_themes):
            messages.append(self._no_theme(theme))
        if messages:
            more = f" (and {len(messages) - 1} more)" if len(messages) > 1 else ""
            notice = f"config.toml: {messages[0]}{more}. timeline-tui config shows all settings."
            self.notify(notice, severity="warning", markup=False)

    async def _on_key(self, event: events.Key) -> None:
        """Run the key's command; a key that has none says what it may have meant."""
        # Textual's own handler would run the command a second time.
        event.prevent_default()
        if await self._check_bindings(event.key) or not isinstance(self.screen, MainScreen):
            return
        from timeline_tui.tui.dead_keys import meaning  # noqa: PLC0415  not before the first frame

        shown = one_line(event.character or "") if event.is_printable else as_written(event.key)
        message = meaning(event.key, shown.strip() or event.key, panes_of(self.focused))
        if all(notice.message != message for notice in self._notifications):
            self.notify(message, timeout=_GLANCE, markup=False)

    def _first_theme(self) -> str:
        """The theme chosen for this timeline, else that of the settings, else one that suits the terminal."""
        for theme in (self._kept.remembered.theme or "", self.settings["theme"]):
            if theme in self.available_themes:
                return theme
        return PAPER.name if _light_terminal() else NIGHT.name

    def get_css_variables(self) -> dict[str, str]:
        """The colours of the theme; those of Textual's themes are made readable, and completed."""
        if not self._has_themes:
            # Textual asks first for those of its own theme, which is never shown.
            return {}
        variables = super().get_css_variables()
        if all(theme.name != self.theme for theme in THEMES):
            variables = self.theme_variables = completed(variables)
        return variables

    def refresh_css(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002  Textual's own
        """Apply the CSS again only if the variables of the theme have changed; at the start they have not."""
        variables = self.get_css_variables()
        if variables != self._variables:
            self._variables = variables
            super().refresh_css(animate)

    def action_help(self) -> None:
        """Show the help, with the keys of where one is first."""
        from timeline_tui.tui.screens.help import HelpScreen  # noqa: PLC0415  not before the first frame

        if isinstance(self.screen, MainScreen):
            self.push_screen(HelpScreen(panes_of(self.focused), self.settings.keys))

    def action_command_palette(self) -> None:
        """Show the palette."""
        from timeline_tui.tui.widgets.palette import Palette  # noqa: PLC0415  not before the first frame

        if not isinstance(self.screen, Palette):
            self.push_screen(
                Palette(placeholder="find a command, actor, question, source, event, date or filter")
            )

    @on(MainScreen.CommandGiven)
    def run_given(self, event: MainScreen.CommandGiven) -> None:
        """Carry out a command that was typed."""
        self._run(event.command, event.argument)

    def _run(self, command: Command, argument: str = "") -> None:
        """Carry out a command as if its key were pressed, or with what it is to act on."""
        screen = self.screen
        if not isinstance(screen, MainScreen):
            return
        place: DOMNode = screen
        if command.pane in (Pane.LIST, Pane.TIMELINE):
            place = (screen.page_pane if command.pane is Pane.LIST else None) or screen.timeline
        if not argument:
            self.call_later(self.run_action, command.action, place)
            return
        where, _, name = command.action.rpartition(".")
        self.call_later(getattr(self if where == "app" else place, f"action_{name}"), argument)

    async def on_event(self, event: events.Event) -> None:
        """Answer an event; a key and a paste once what was asked for before them is there."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self._type_ahead.add(event, self.call_next)
        else:
            await self._pass_on(event)

    @on(PressedAgain)
    async def press_again(self, event: PressedAgain) -> None:
        """Answer keys that came before there was anything to answer them."""
        await self._type_ahead.add_first(event.keys, self.call_next)

    def _is_settled(self) -> bool:
        screen = next(reversed(self.screen_stack), None)
        if screen is None or not is_laid_out(screen):
            return screen is None
        return not (isinstance(screen, MainScreen) and screen.awaits_focus and self.app_focus)

    async def _pass_on(self, event: events.Event) -> None:
        """Pass keys and mouse events to a screen once it has its widgets, as fast input may come before that.

        A key of another script counts as the Latin key at the same place, a key with Alt that has no command
        as Esc and the key, and pasted lines as one line.
        """
        passed: list[events.Event] = [event]
        if isinstance(event, events.InputEvent) and not event.is_forwarded:
            self._is_touched = True
            if self._exit:
                return
            for screen in self.screen_stack[-1:]:
                await until_mounted(screen)
            if self._ends_film(event):
                return
        if isinstance(event, events.Paste) and not event.is_forwarded and isinstance(self.focused, Input):
            passed = [self._pasted(event, self.focused)]
        if isinstance(event, QuickKey) and event.key not in self.screen.active_bindings:
            passed = [*event.apart]
        elif isinstance(event, events.Key) and not event.is_forwarded and not self._is_text(event):
            passed = [*latin_keys(event)] or passed
        for each in passed:
            if not await self._step(each):
                await super().on_event(each)

    def _ends_film(self, event: events.InputEvent) -> bool:
        """Stop a film with any key or click; whether that was all that the key was meant for."""
        main = self._main
        if main is None or not main.film.is_playing or isinstance(event, events.MouseMove):
            return False
        main.film.stop()
        return isinstance(event, events.Key) and event.key in _ENDING_FILM

    async def _step(self, event: events.Event) -> bool:
        """Move in the list that has the focus, if a key asks for that.

        Textual has a key go through the list, all that holds it and the app before its action is run; the row
        that it selects would be seen that much later.
        """
        if not isinstance(event, events.Key) or event.is_forwarded or not self.app_focus:
            return False
        action, focused = self._steps.get(event.key), self.focused
        if action is None or not isinstance(focused, RowList):
            return False
        is_done = await self.run_action(action, focused)
        # Of several keys that came meanwhile, only the last step is painted.
        if not self.message_queue_size and isinstance(self.screen, RobustScreen):
            self.screen.paint_at_once(focused)
        return is_done

    def _pasted(self, paste: events.Paste, line: Input) -> events.Paste:
        """Pasted text as one line; Textual would take only its first line, without a notice."""
        text = one_line(paste.text)
        kept = len(line.value) - len(line.selected_text)
        if line.max_length and kept + len(text) > line.max_length:
            message = f"This is too long to paste: up to {line.max_length:,} characters fit here."
            self.notify(message, severity="warning", markup=False)
            return events.Paste("")
        if lines := paste.text.strip().count("\n"):
            self.notify(f"{lines + 1} lines were pasted as one.", markup=False)
        return events.Paste(text)

    def _is_text(self, key: events.Key) -> bool:
        """Whether a key is text for the focused widget."""
        return self.focused is not None and self.focused.check_consume_key(key.key, key.character)

    def action_theme(self, name: str = "") -> None:
        """Show a theme; without a name, the light one in place of a dark one, and the other way round."""
        wanted = name or (PAPER.name if self.current_theme.dark else NIGHT.name)
        if wanted in self.available_themes:
            self.theme = wanted
        else:
            self.notify(self._no_theme(wanted), severity="warning", markup=False)

    def _no_theme(self, name: str) -> str:
        hint = did_you_mean(name, self.available_themes)
        return one_line(f"there is no theme {name!r}{'; ' if hint else ''}{hint}")


def panes_of(focused: Widget | None) -> tuple[Pane, ...]:
    """The panes whose keys work while a widget has the focus."""
    for kind, panes in _PANES.items():
        if isinstance(focused, kind):
            return (*panes, Pane.SCREEN)
    return (Pane.SCREEN,)


def _light_terminal() -> bool:
    """Whether the terminal says that it is light, as rxvt, Konsole and others do in COLORFGBG."""
    return os.environ.get("COLORFGBG", "").rpartition(";")[2] in ("7", "15")


def _collect_garbage() -> None:
    gc.freeze()
    gc.enable()
