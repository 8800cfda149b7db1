"""A page as PDF: printed by a Chromium of this machine, which is started without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from timeline_tui.errors import TimelineError, UsageError
from timeline_tui.text.sanitize import one_line

_NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
    "brave-browser",
)  # fmt: skip
_PATIENCE = 300
"""Seconds that a browser may take to print."""
_FLAGS = (
    "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer",
)  # fmt: skip


class CannotPrint(TimelineError):  # noqa: N818  # reads as what it says
    """The browser did not print the page; the text says why."""


def browser() -> str:
    """The path of the Chromium that prints: that of the variable `CHROME`, else the first that is there.

    Raises:
        UsageError: There is none.
    """
    if given := os.environ.get("CHROME"):
        found = shutil.which(given)
        if found is None:
            raise UsageError(f"CHROME is {one_line(given)}, which is not a program that can be started")
        return found
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        raise UsageError(
            "a PDF is printed by Chromium, which is not here; install it, name it in CHROME,"
            " or export to HTML and print that in your browser"
        )
    return found


def pdf(page: str) -> bytes:
    """A page as PDF.

    Args:
        page: In HTML, which needs nothing else.

    Raises:
        CannotPrint: The browser did not print it.
        UsageError: There is no browser.
    """
    program = browser()
    with TemporaryDirectory(prefix="timeline-tui-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, printed = folder / "page.html", folder / "page.pdf"
        source.write_text(page, encoding="utf-8")
        # As root, it starts only without its sandbox; the page runs nothing but its own script.
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        words = [
            program,
            *_FLAGS,
            *sandbox,
            f"--user-data-dir={folder / 'profile'}",
            f"--print-to-pdf={printed}",
        ]
        try:
            done = subprocess.run(  # noqa: S603  the browser, and paths of ours
                [*words, source.as_uri()], capture_output=True, timeout=_PATIENCE, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise CannotPrint(f"{program} has not printed the page within {_PATIENCE} seconds") from error
        except OSError as error:
            raise CannotPrint(f"{program} cannot be started: {error.strerror}") from error
        if done.returncode or not printed.exists():
            said = one_line(done.stderr.decode(errors="replace").strip().rpartition("\n")[2])
            raise CannotPrint(f"{program} did not print the page{f': {said}' if said else ''}")
        return printed.read_bytes()
