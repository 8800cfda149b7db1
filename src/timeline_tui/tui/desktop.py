"""Actions outside the terminal screen: open an editor or a browser, save a picture of the screen."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import webbrowser
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import SuspendNotSupported

from timeline_tui.editing.atomic_write import write_whole
from timeline_tui.editing.external_editor import editor_command
from timeline_tui.errors import TimelineError
from timeline_tui.text.ids import id_from_title
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import App

_FONTS = re.compile(r"@font-face\s*\{.*?\}", re.DOTALL)
"""Font rules, with addresses from which a browser would load the fonts."""

_RESUME_DELAY = 0.1
"""Seconds after which a child that was stopped together with this process has been continued, too."""


def edit(app: App[None], path: Path, line: int, editor: str = "") -> str:
    """Open a file in the user's editor, and wait until it is closed.

    Args:
        app: Is suspended meanwhile.
        path: The file.
        line: Where the editor is to begin, from 1.
        editor: The command in the user's settings; empty for that of the environment.

    Returns:
        What went wrong, on one line; empty if nothing did.
    """
    try:
        command = editor_command(os.environ, path, line, editor)
    except TimelineError as error:
        return str(error)
    try:
        with app.suspend():
            # The words come from the user's own variable, and the file name is one word.
            code = _wait_for(subprocess.Popen(command))  # noqa: S603
    except SuspendNotSupported:
        return "This terminal cannot be used by an editor."
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else ""
        return one_line(f"{command[0]}: {reason or 'it cannot be started'}")
    if code:
        how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
        return one_line(f"{command[0]} {how}.")
    return ""


def _wait_for(process: subprocess.Popen[bytes]) -> int:
    """Wait for a program that has the terminal to end; returns its exit code, negative for a signal.

    If that program alone is stopped, this process and its group are stopped as well, so that the shell gets
    the terminal; otherwise no program would be left to read keys.
    """
    if sys.platform == "win32":
        return process.wait()
    changes = os.WUNTRACED | os.WCONTINUED
    status = os.waitpid(process.pid, changes)[1]
    while os.WIFSTOPPED(status) or os.WIFCONTINUED(status):
        if os.WIFSTOPPED(status):
            # If the whole group was stopped, it has been continued by now, and the child with it.
            time.sleep(_RESUME_DELAY)
            pid, later = os.waitpid(process.pid, changes | os.WNOHANG)
            if pid:
                status = later
                continue
            os.kill(0, signal.SIGTSTP)
            os.kill(process.pid, signal.SIGCONT)
        status = os.waitpid(process.pid, changes)[1]
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode


def browse(app: App[Any], address: str) -> str:
    """Open an address in the browser; a browser like lynx gets the terminal meanwhile.

    Args:
        app: The app that has the terminal.
        address: An http or https address.

    Returns:
        What went wrong, on one line; empty if nothing did.
    """
    try:
        with app.suspend() if not app.is_web and _runs_in_terminal() else nullcontext():
            app.open_url(address)
    except SuspendNotSupported:
        return "This terminal cannot be used by a browser."
    except (OSError, ValueError, webbrowser.Error) as error:
        return one_line(f"The browser could not be started: {error}")
    return ""


def no_browser(environment: Mapping[str, str]) -> str:
    """Why a browser would not open where the user sees it, in words; empty if it would.

    A browser that runs in the terminal, or one that is named in $BROWSER, always does.

    Args:
        environment: The environment variables of the process.
    """
    if environment.get("BROWSER"):
        return ""
    is_remote = bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"))
    has_screen = sys.platform in ("win32", "darwin") or any(
        environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    try:
        webbrowser.get()
    except webbrowser.Error:
        return "There is no browser on this machine."
    if has_screen and not is_remote:
        return ""
    if _runs_in_terminal():
        return ""
    if is_remote:
        return "You are connected over SSH: a browser would open on the remote machine."
    return "There is no display on which a browser could open."


def _runs_in_terminal() -> bool:
    """Whether the browser is one like lynx, which runs in the terminal."""
    try:
        return type(webbrowser.get()) is webbrowser.GenericBrowser
    except webbrowser.Error:
        return False


def save_picture(app: App[None], timeline: str) -> str:
    """Write the screen as SVG into the current folder; no file is replaced.

    Args:
        app: The app whose screen is written.
        timeline: The path of the timeline, after which the picture is named.

    Returns:
        What was done or went wrong, on one line.
    """
    picture = _FONTS.sub("", app.export_screenshot(title="timeline-tui"))
    stem = id_from_title(Path(timeline).stem) or "timeline"
    file = Path.cwd() / f"{stem}-{datetime.now().astimezone():%Y%m%d-%H%M%S}.svg"
    try:
        write_whole(file, picture, replace=False)
    except TimelineError as error:
        return str(error)
    return one_line(f"Saved as {file}")
