"""Running an app in a terminal, as a well-behaved guest."""

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

EX_SOFTWARE = 70
"""The exit code of a program with a fault in itself (sysexits.h)."""


def run_app(app: App[Any], excused: Callable[[], bool] = lambda: False) -> int | None:
    """Run `app` until it ends, and give the terminal back as it was found, whatever happens.

    A program told to end by SIGHUP, SIGINT, SIGQUIT or SIGTERM dies by that signal once the terminal
    is restored, as shells and service managers expect (https://www.cons.org/cracauer/sigint.html); this
    function then does not return. A terminal that is gone counts as SIGHUP.

    Args:
        app: What to run.
        excused: Asked after an exception whether that was no fault of the app's.

    Returns:
        The exit code: the app's own, or 70 after an exception. That is told on standard error in one
        line, with the name of a report; no traceback is ever printed. None after one that is excused.
    """
    said = io.StringIO()
    app.error_console = Console(file=said, markup=False, highlight=False)
    _drive(app)
    end = _End()
    with end, _threads_reported_to(app):
        asyncio.run(_run(app))
    if isinstance(end.error, KeyboardInterrupt):
        return _die_by(signal.SIGINT)
    error = end.error or app._exception  # noqa: SLF001 (Textual offers its last exception in no other way)
    code = app.return_code or 0
    if error is not None:
        if excused():
            return None
        from timeline_tui.tui.terminal.crash import tell  # noqa: PLC0415 (a program that does not crash need not load it)

        _print(f"{tell(error)}\n")
        return EX_SOFTWARE
    _print(visible(said.getvalue()))
    return _die_by(code - 128) if code > 128 else code


class _End:
    """How the block ended: swallows and keeps what an app may raise, all but `SystemExit`."""

    error: BaseException | None = None

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.error = error
        return isinstance(error, (Exception, KeyboardInterrupt))


def _drive(app: App[Any]) -> None:
    """Give `app` a careful driver, where Textual would use its own for Unix or for a browser."""
    if sys.platform == "win32":
        return
    if app.driver_class.__name__ == "WebDriver":
        from timeline_tui.tui.terminal.served import ServedDriver  # noqa: PLC0415  for a browser alone

        app.driver_class = ServedDriver
        return
    from textual.drivers.linux_driver import LinuxDriver  # noqa: PLC0415 (needs termios)

    from timeline_tui.tui.terminal.driver import TerminalDriver  # noqa: PLC0415

    if app.driver_class is LinuxDriver:
        app.driver_class = TerminalDriver


async def _run(app: App[Any]) -> None:
    def failed(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        if isinstance(error := context.get("exception"), Exception):
            app.call_later(_raise, error)

    asyncio.get_running_loop().set_exception_handler(failed)
    await app.run_async()


@contextmanager
def _threads_reported_to(app: App[Any]) -> Iterator[None]:
    """Have an exception that ends a thread end the app as well."""

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
    """End the process by signal `number`; returns the exit code that stands for it if that does not."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    return 128 + number
