"""What the screen does with the file itself: add an event, change one, undo, note an archived copy."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from timeline_tui.editing.atomic_write import check_writable
from timeline_tui.editing.changing import change_record
from timeline_tui.editing.splices import Change
from timeline_tui.editing.story import with_step, with_story
from timeline_tui.editing.table_rows import with_row
from timeline_tui.errors import TimelineError
from timeline_tui.telling.path import ShownStep
from timeline_tui.telling.taking import step_of
from timeline_tui.text.addresses import address_problem
from timeline_tui.text.sanitize import one_line
from timeline_tui.tui.open_page import PageKind
from timeline_tui.tui.screens.event_form import EventForm
from timeline_tui.tui.screens.writing import ChangeDialog
from timeline_tui.web.serving import is_served

if TYPE_CHECKING:
    from textual.app import App

    from timeline_tui.editing.writes import Writes
    from timeline_tui.loading.opened import Opened
    from timeline_tui.loading.opened_table import OpenedTable
    from timeline_tui.model.records import Event, Source
    from timeline_tui.tui.screens.main import MainScreen


def no_writing(app: App[Any], shown: Opened | OpenedTable) -> str:
    """Why the file of a timeline cannot be written here, as a sentence; empty if it can."""
    if is_served() or app.is_web:
        return "Nothing is written from the browser: the file belongs to the one who serves it."
    if shown.path == "-":
        return "A timeline from standard input cannot be changed."
    if shown.is_table:
        return "A table is only read. Write what is shown with timeline-tui export, and change that."
    if shown.is_foreign:
        return (
            "This file is in another format. Make a timeline of it with timeline-tui import, and change that."
        )
    try:
        check_writable(Path(shown.path))
    except TimelineError as error:
        return str(error)
    return ""


class FileActions:
    """Opens the windows in which the file is changed.

    Args:
        app: Shows them.
        main: The screen with the timeline.
        writes: Writes into the file.
    """

    def __init__(self, app: App[Any], main: MainScreen, writes: Writes) -> None:
        self._app, self._main, self._writes = app, main, writes

    def add_event(self) -> None:
        """Ask about a new event."""
        self._open_form("")

    def change_event(self) -> None:
        """Ask about the fields of the selected event."""
        target = self._main.target
        if target is None:
            self._app.notify("No event is selected.", markup=False)
        else:
            self._open_form(self._main.state.view.event(target.key).id)

    def undo(self) -> None:
        """Show what the last write would be undone to, and undo it."""
        try:
            change = self._writes.undoing
        except TimelineError as error:
            self._app.notify(one_line(str(error)), markup=False)
            return
        dialog = ChangeDialog("Undo", self._writes, lambda _: change, "The last write is undone.", undo=True)
        self._app.push_screen(dialog, self._say)

    def note_archived(self, address: str = "") -> None:
        """Write the address of an archived copy for the source that was opened last."""
        source, typed = self._main.targets.last_source, address.strip()
        problem = address_problem(typed) if typed else ""
        if not source:
            self._app.notify(
                "Open a source first: o or O. Then :archived ADDRESS notes its copy.", markup=False
            )
        elif not typed:
            self._app.notify(f"Type the address of the copy of {source}: :archived ADDRESS", markup=False)
        elif problem:
            self._app.notify(one_line(f"{typed} {problem}"), severity="warning", markup=False)
        else:
            name = self._writes.path.name

            def change_of(data: bytes) -> Change:
                changes = {"archive_url": typed}
                return Change.between([data, change_record(data, "sources", source, changes, name)])

            done = f"The archived copy of {source} is noted. U undoes it."
            self._app.push_screen(
                ChangeDialog(f"Archived copy of {source}", self._writes, change_of, done), self._say
            )

    def take(self, row: Event, table: Source) -> None:
        """Copy a row of a table as an event into the timeline."""
        name = self._writes.path.name

        def change_of(data: bytes) -> Change:
            return Change.between([data, *with_row(data, row, table, name)])

        done = "The row is an event of the timeline now. U undoes it."
        self._app.push_screen(ChangeDialog("Take a row", self._writes, change_of, done), self._say)

    def change_story(self, typed: str = "") -> None:
        """Add what is shown as a step to a story, or begin another story with it."""
        what, _, words = typed.strip().partition(" ")
        stories = self._main.state.view.whole_header.stories
        story = self._main.last_story or next(iter(stories), "")
        if what == "new" and words.strip():
            self._propose_step(words.strip(), "", "")
        elif what == "add" and story:
            self._propose_step("", story, words.strip())
        elif what == "add":
            self._app.notify("There is no story yet: type :story new TITLE", markup=False)
        else:
            self._app.notify("Type :story add TEXT, or :story new TITLE", markup=False)

    def _propose_step(self, title: str, story: str, text: str) -> None:
        state, page, name = self._main.state, self._main.open_page, self._writes.path.name
        topic = page.about if page is not None and page.kind is PageKind.CLAIMS else ""
        step = step_of(ShownStep(state.view, state.selected, state.quote_number, topic, state.picture, text))

        def change_of(data: bytes) -> Change:
            added, id_ = with_story(data, title, name) if title else (data, story)
            return Change.between([data, with_step(added, id_, step, name)])

        told = f"What is shown is a step of {title or story}. U undoes it."
        self._app.push_screen(
            ChangeDialog(f"A step of {one_line(title or story)}", self._writes, change_of, told), self._say
        )

    def _open_form(self, event_id: str) -> None:
        form = EventForm(self._writes, event_id, today=self._main.state.view.today)
        self._app.push_screen(form, partial(self._after, form))

    def _after(self, form: EventForm, notice: str | None) -> None:
        self._say(notice)
        if form.written:
            self._main.select_when_read(form.written)

    def _say(self, notice: str | None) -> None:
        if notice:
            self._app.notify(notice, markup=False)
