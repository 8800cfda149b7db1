"""What acts on this machine outside of the terminal's screen: an editor, a picture in a file."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from timeline_tui.editors import editor_command
from timeline_tui.problems import TimelineError
from timeline_tui.slugs import slug_of
from timeline_tui.text import one_line
from timeline_tui.writing import write_whole

if TYPE_CHECKING:
    from textual.app import App

_FONTS = re.compile(r"@font-face\s*\{.*?\}", re.DOTALL)
"""They name addresses that a browser would ask for them."""


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
            subprocess.run(command, check=False)  # noqa: S603
    except SuspendNotSupported:
        return "This terminal cannot be lent to an editor."
    except OSError as error:
        return one_line(f"{command[0]}: {error.strerror or 'it cannot be started'}")
    return ""


def save_picture(app: App[None], of: str) -> str:
    """Write the screen as SVG into the current folder, beside what is there.

    Args:
        app: Whose screen.
        of: The path of the timeline, after which the picture is named.

    Returns:
        What came of it, on one line.
    """
    picture = _FONTS.sub("", app.export_screenshot(title="timeline-tui"))
    stem = slug_of(Path(of).stem) or "timeline"
    file = Path.cwd() / f"{stem}-{datetime.now().astimezone():%Y%m%d-%H%M%S}.svg"
    try:
        write_whole(file, picture, replace=False)
    except TimelineError as error:
        return str(error)
    return one_line(f"Saved as {file}")
