"""What is shown, written to a file in another format, from the screen."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, cast

from timeline_tui.editing.atomic_write import version_of, write_whole
from timeline_tui.errors import TimelineError
from timeline_tui.exchange import registry
from timeline_tui.exchange.drawn import Drawing, png
from timeline_tui.tables.taking import in_index
from timeline_tui.text.sanitize import one_line
from timeline_tui.timeline import View
from timeline_tui.tui.screens.dialogs import Choice, ChoiceDialog
from timeline_tui.web.serving import is_served

if TYPE_CHECKING:
    from textual.app import App

    from timeline_tui.exchange.contract import Exported
    from timeline_tui.tables.view import TableView
    from timeline_tui.timeline.protocol import TimelineView
    from timeline_tui.tui.screens.main import MainScreen


def export_shown(app: App[Any], main: MainScreen, typed: str) -> None:
    """Write the events that are shown, or the picture of them, to a file.

    Args:
        app: Asks before a file is overwritten, and says what was done.
        main: The screen with the timeline.
        typed: The name of the file; its ending names the format.
    """
    path = Path(typed.strip()).expanduser()
    problem = _problem(app, typed, path)
    if problem:
        app.notify(problem, severity="warning", markup=False)
        return
    shown = main.shown_as
    drawing = Drawing(shown.picture, shown.by) if shown.picture else None
    # A daemon, so that the program can end before it.
    write = partial(_write, app, main.state.view, path, drawing)
    if not path.exists():
        Thread(target=write, args=(None,), name="export", daemon=True).start()
        return
    try:
        version = version_of(path)
    except TimelineError as error:
        app.notify(one_line(str(error)), severity="warning", markup=False)
        return

    def overwrite(row: int | None) -> None:
        if row is not None:
            Thread(target=write, args=(version,), name="export", daemon=True).start()

    choice = Choice(
        one_line(f"Overwrite {path}"), "The file is there already. What is in it would be lost.", True
    )
    app.push_screen(ChoiceDialog("Export", [choice], "overwrite"), overwrite)


def _problem(app: App[Any], typed: str, path: Path) -> str:
    """Why nothing can be written there, as a sentence; empty if it can."""
    if is_served() or app.is_web:
        return "Nothing is written from the browser. timeline-tui export writes files."
    endings = dict.fromkeys(format_.suffixes[0] for format_ in registry.FORMATS.values() if format_.suffixes)
    known = f"The ending of the name says the format: {', '.join(endings)}, .png."
    if not typed.strip():
        return f"Type the name of the file: :export FILE. {known}"
    try:
        registry.named(None, path.name)
    except TimelineError:
        return one_line(f"{path.name} names no format. {known}")
    return one_line(f"{path} is a folder.") if path.is_dir() else ""


def _write(
    app: App[Any], view: TimelineView, path: Path, drawing: Drawing | None, version: str | None
) -> None:
    """Write the file beside the screen, and say so."""
    try:
        name = registry.named(None, path.name)
        rows = view if isinstance(view, View) else in_index(cast("TableView", view))
        exported = registry.write(rows, "svg" if name == registry.PNG else name, drawing=drawing)
        data = png(exported.text) if name == registry.PNG else exported.text
        write_whole(path, data, replace=version is not None, version=version)
    except TimelineError as error:
        app.call_from_thread(app.notify, one_line(str(error)), severity="warning", markup=False)
    else:
        app.call_from_thread(app.notify, _done(path, view.count, exported), markup=False)


def _done(path: Path, count: int, exported: Exported) -> str:
    lost = ", ".join(f"{number:,} {words}" for words, number in exported.lost.items() if number)
    events = "1 event" if count == 1 else f"{count:,} events"
    return one_line(f"Wrote {events} to {path}{f'; left out: {lost}' if lost else ''}")
