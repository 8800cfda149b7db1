"""What acts on this machine outside of the terminal's screen: an editor, a browser, a picture in a file."""

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
"""They name addresses that a browser would ask for them."""

_SETTLES = 0.1
"""Seconds after which somebody who was stopped together with this process goes on again, too."""


def edit(app: App[None], path: Path, line: int) -> str:
    """Open a file in the user's editor, and wait until it is closed.

    Returns:
        On one line what went wrong; empty for nothing.
    """
    try:
        command = editor_command(os.environ, path, line)
    except TimelineError as error:
        return str(error)
    try:
        with app.suspend():
            # The words are those of the user's own variable, and the file is one word of its own.
            code = _end_of(subprocess.Popen(command))  # noqa: S603
    except SuspendNotSupported:
        return "This terminal cannot be lent to an editor."
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else ""
        return one_line(f"{command[0]}: {reason or 'it cannot be started'}")
    if code:
        how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
        return one_line(f"{command[0]} {how}.")
    return ""


def _end_of(process: subprocess.Popen[bytes]) -> int:
    """Wait for the end of a program that has the terminal; its exit code, negative for a signal.

    Where it alone is stopped, this process and whoever started it are stopped as well, so that the shell gets
    the terminal. Otherwise nobody would be left to hear a key.
    """
    if sys.platform == "win32":
        return process.wait()
    news = os.WUNTRACED | os.WCONTINUED
    status = os.waitpid(process.pid, news)[1]
    while os.WIFSTOPPED(status) or os.WIFCONTINUED(status):
        if os.WIFSTOPPED(status):
            # A stop of all of us is over by now, and goes on for nobody.
            time.sleep(_SETTLES)
            pid, later = os.waitpid(process.pid, news | os.WNOHANG)
            if pid:
                status = later
                continue
            os.kill(0, signal.SIGTSTP)
            os.kill(process.pid, signal.SIGCONT)
        status = os.waitpid(process.pid, news)[1]
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode


def browse(app: App[Any], address: str) -> str:
    """Open an address in the browser, and lend it the terminal if it is one like lynx.

    Args:
        app: Whose screen it is.
        address: One that can be opened.

    Returns:
        On one line what went wrong; empty for nothing.
    """
    try:
        with app.suspend() if not app.is_web and _takes_the_terminal() else nullcontext():
            app.open_url(address)
    except SuspendNotSupported:
        return "This terminal cannot be lent to a browser."
    except (OSError, ValueError, webbrowser.Error) as error:
        return one_line(f"The browser could not be started: {error}")
    return ""


def no_browser(environment: Mapping[str, str]) -> str:
    """Why no browser would be opened before the reader's eyes, in words; empty if one would.

    A browser that needs the terminal alone, or one that is named in $BROWSER, is before their eyes anywhere.

    Args:
        environment: The variables of the process.
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
    if _takes_the_terminal():
        return ""
    if is_remote:
        return "You are on this machine over SSH: a browser would open where you do not see it."
    return "There is no screen here that a browser could open on."


def _takes_the_terminal() -> bool:
    """Whether the browser is one like lynx, which needs the terminal for itself."""
    try:
        return type(webbrowser.get()) is webbrowser.GenericBrowser
    except webbrowser.Error:
        return False


def save_picture(app: App[None], of: str) -> str:
    """Write the screen as SVG into the current folder, beside what is there.

    Args:
        app: Whose screen.
        of: The path of the timeline, after which the picture is named.

    Returns:
        What came of it, on one line.
    """
    picture = _FONTS.sub("", app.export_screenshot(title="timeline-tui"))
    stem = id_from_title(Path(of).stem) or "timeline"
    file = Path.cwd() / f"{stem}-{datetime.now().astimezone():%Y%m%d-%H%M%S}.svg"
    try:
        write_whole(file, picture, replace=False)
    except TimelineError as error:
        return str(error)
    return one_line(f"Saved as {file}")
