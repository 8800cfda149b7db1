"""Run an app in a terminal and restore the terminal afterwards."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NoReturn

from rich.console import Console

from timeline_tui.text.sanitize import printable, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from textual.app import App

    from timeline_tui.tui.terminal.early import EarlyTerminal

EX_SOFTWARE = 70
"""The exit code after an internal error (sysexits.h)."""


def run_app(
    app: App[Any], excused: Callable[[], bool] = lambda: False, early: EarlyTerminal | None = None
) -> int | None:
    """Run `app` until it ends, and always restore the terminal.

    A program that is ended by SIGHUP, SIGINT, SIGQUIT or SIGTERM dies by that signal once the terminal
    is restored, as shells and service managers expect (https://www.cons.org/cracauer/sigint.html); this
    function then does not return. A terminal that is gone counts as SIGHUP.

    Args:
        app: What to run.
        excused: Called after an exception: whether the app is not to blame for it.
        early: The terminal, if a picture may be shown in it already.

    Returns:
        The exit code: the app's own, or 70 after an exception, which is reported on standard error,
        in one line with the name of a crash report; no traceback is printed. None after an excused exception.
    """
    errors = io.StringIO()
    app.error_console = Console(file=errors, markup=False, highlight=False)
    if early is not None:
        early.allow_stopping()
    _set_driver(app, early)
    end = _End()
    with end, _threads_reported_to(app):
        asyncio.run(_run(app))
    if isinstance(end.error, KeyboardInterrupt):
        return _die_by(signal.SIGINT)
    error = end.error or app._exception  # noqa: SLF001 (Textual has no public way to get its last exception)
    code = app.return_code or 0
    if error is not None:
        if excused():
            return None
        from timeline_tui.tui.terminal.crash import report_crash  # noqa: PLC0415 (only after a crash)

        _print(f"{report_crash(error)}\n")
        return EX_SOFTWARE
    _print(visible(errors.getvalue()))
    return _die_by(code - 128) if code > 128 else code


class _End:
    """Keeps the exception that ends a block, all but `SystemExit`, instead of raising it."""

    error: BaseException | None = None

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.error = error
        return isinstance(error, (Exception, KeyboardInterrupt))


def _set_driver(app: App[Any], early: EarlyTerminal | None) -> None:
    """Set our driver where Textual would use its own for Unix or for a browser."""
    if sys.platform == "win32":
        return
    if app.driver_class.__name__ == "WebDriver":
        from timeline_tui.tui.terminal.served import ServedDriver  # noqa: PLC0415  only in a browser

        app.driver_class = ServedDriver
        return
    from textual.drivers.linux_driver import LinuxDriver  # noqa: PLC0415 (needs termios)

    from timeline_tui.tui.terminal.driver import TerminalDriver  # noqa: PLC0415

    if app.driver_class is LinuxDriver:
        TerminalDriver.early = early
        app.driver_class = TerminalDriver


async def _run(app: App[Any]) -> None:
    def failed(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        if isinstance(error := context.get("exception"), Exception):
            app.call_later(_raise, error)

    asyncio.get_running_loop().set_exception_handler(failed)
    await app.run_async()


@contextmanager
def _threads_reported_to(app: App[Any]) -> Iterator[None]:
    """Make an exception that ends a thread end the app as well."""

    def failed(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            app.call_later(_raise, arguments.exc_value)

    before, threading.excepthook = threading.excepthook, failed
    try:
        yield
    finally:
        threading.excepthook = before


def _raise(error: BaseException) -> NoReturn:
    raise error


def _print(text: str) -> None:
    """Write `text` to standard error, if there is one."""
    if text and sys.stderr is not None:
        with suppress(OSError, ValueError):
            sys.stderr.write(printable(text, sys.stderr.encoding))
            sys.stderr.flush()


def _die_by(number: int) -> int:
    """End the process by signal `number`; if that has no effect, return the exit code for it."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    return 128 + number
