"""The web server: a page, and for each browser that opens it, a program of its own behind a socket.

`textual-serve` runs the programs. Its own server accepts requests of any origin, and its page loads fonts
from another host, so the page and the socket are our own.
"""

from __future__ import annotations

import asyncio
import json
import logging
import signal
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from aiohttp import WSCloseCode, WSMsgType, web
from aiohttp.http_exceptions import HttpProcessingError
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from timeline_tui.text.sanitize import one_line
from timeline_tui.web.hosts import forwarded_by, is_meant, is_own
from timeline_tui.web.page import SCRIPT, SCRIPT_TEXT, SOCKET, STATICS, headers, page

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

MOST_PROGRAMS: Final = 20
"""How many programs can run at the same time."""

_MOST_CELLS = 1_000
"""The most cells that a side of a screen can have; larger numbers are cut to this."""
_MOST_BYTES = 1 << 20
"""The most bytes of one message, which may contain pasted text."""
_PATIENCE = 2.0
"""Seconds to wait for programs to end."""


class WebServer:
    """Serves the program that one command runs.

    Args:
        command: The shell command of a Textual program.
        title: The title of its page, not escaped.
        host: The name or address to listen at.
        show_line: Called with one line for each error of the server; wrong requests are only answered.
    """

    def __init__(self, command: str, title: str, host: str, show_line: Callable[[str], None]) -> None:
        self._command = command
        self._title = one_line(title)
        self._host = host
        self._errors = _ErrorLog(show_line)
        self._open: set[web.WebSocketResponse] = set()
        self._ending: list[_Program] = []
        """Programs whose sockets are closed, the oldest first."""

    def run(self, port: int, ready: Callable[[str], None]) -> None:
        """Serve until SIGINT or SIGTERM.

        Args:
            port: The port, or 0 for any.
            ready: Called with the address once the server answers.

        Raises:
            OSError: The host or port cannot be used.
        """
        with suppress(KeyboardInterrupt):
            asyncio.run(self._run(port, ready))

    def application(self) -> web.Application:
        """The application that answers requests."""
        application = web.Application(middlewares=[self._admit])
        application.router.add_get("/", self._page)
        application.router.add_get(SCRIPT, _script)
        application.router.add_get(SOCKET, self._socket)
        application.router.add_static(STATICS, Path(str(files("textual_serve"))) / "static")
        application.on_shutdown.append(self._close_all)
        application.on_cleanup.append(self._wait_for_killed)
        return application

    def runner(self) -> web.AppRunner:
        """The runner that listens for requests once it is set up; errors now only go to `show_line`."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: self._errors.report(context.get("exception")))
        # A program that does not start prints its reason itself.
        logger, others = logging.getLogger(__name__), logging.getLogger("textual-serve")
        for each in (logger, others):
            each.propagate, each.handlers = False, [self._errors]
        return web.AppRunner(self.application(), access_log=None, logger=logger, shutdown_timeout=_PATIENCE)

    async def _run(self, port: int, ready: Callable[[str], None]) -> None:
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            with suppress(NotImplementedError):
                asyncio.get_running_loop().add_signal_handler(number, stop.set)
        runner = self.runner()
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, port).start()
            ready(_address(self._host, runner.addresses[0][1]))
            await stop.wait()
        finally:
            await runner.cleanup()

    @web.middleware
    async def _admit(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Refuse requests that cannot come from this server's own page."""
        if not is_meant(request.host, self._host, _port_of(request), _forwarded(request)):
            raise web.HTTPMisdirectedRequest(text="This server does not have that name and port.\n")
        origin = request.headers.get("Origin")
        # Any page may open a socket to any address; browsers send the origin of the page.
        if (origin is not None or request.path == SOCKET) and not is_own(origin or "", request.host):
            raise web.HTTPForbidden(text="Only this server's own page may request that.\n")
        try:
            return await handler(request)
        except ConnectionError:
            raise
        except (OSError, ValueError):
            # Such as a name that no file can have, or a socket key that is not text.
            raise web.HTTPBadRequest(text="That request is not valid.\n") from None

    async def _page(self, request: web.Request) -> web.Response:
        socket = f"{'wss' if _forwarded(request) == 'https' else 'ws'}://{request.host}{SOCKET}"
        return web.Response(text=page(self._title, socket), content_type="text/html", headers=headers(socket))

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        """Run a program while the socket is open."""
        if len(self._open) >= MOST_PROGRAMS:
            raise web.HTTPServiceUnavailable(text=f"{MOST_PROGRAMS} programs are running already.\n")
        self._make_room()
        socket = web.WebSocketResponse(heartbeat=15, max_msg_size=_MOST_BYTES)
        self._open.add(socket)
        try:
            await socket.prepare(request)
            service = _Program(
                self._command,
                write_bytes=socket.send_bytes,
                write_str=socket.send_str,
                close=lambda: _close(socket),
                download_manager=DownloadManager(),
            )
            await service.start(
                _cells(request.query.get("width"), 80), _cells(request.query.get("height"), 24)
            )
            try:
                await _pass_on(socket, service)
            finally:
                # Its place is free at once, even if the program takes a while to end.
                self._open.discard(socket)
                await self._stop(service)
        finally:
            self._open.discard(socket)
        return socket

    def _make_room(self) -> None:
        """Kill programs without a browser if one more program would be too many."""
        alive = [program for program in self._ending if program.runs]
        for program in alive[: max(0, len(self._open) + len(alive) - MOST_PROGRAMS + 1)]:
            program.kill()

    async def _stop(self, program: _Program) -> None:
        """Ask a program to end, then kill it."""
        self._ending.append(program)
        try:
            with suppress(TimeoutError, ConnectionError):
                await asyncio.wait_for(program.stop(), _PATIENCE)
        finally:
            program.kill()
        await program.gone()
        self._ending.remove(program)

    async def _close_all(self, _: web.Application) -> None:
        for program in self._ending:
            program.kill()
        for socket in list(self._open):
            await socket.close(code=WSCloseCode.GOING_AWAY)

    async def _wait_for_killed(self, _: web.Application) -> None:
        """Wait for the killed programs while there is still an event loop that notices their end."""
        for program in self._ending:
            program.kill()
            await program.gone()


class _Program(AppService):
    """A program behind a socket, which can be stopped and killed."""

    @property
    def runs(self) -> bool:
        """Whether it has been started and has not ended."""
        return self._process is not None and self._process.returncode is None

    async def stop(self) -> None:
        """Ask it to end and wait for that."""
        await super().stop()
        if self._process is not None:
            await self._process.wait()

    def kill(self) -> None:
        """Kill it if it is running."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.kill()

    async def gone(self) -> None:
        """Wait until it has ended and its pipes are closed."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
        if self._process is not None:
            await self._process.communicate()


async def _script(_: web.Request) -> web.Response:
    return web.Response(text=SCRIPT_TEXT, content_type="text/javascript")


async def _pass_on(socket: web.WebSocketResponse, service: AppService) -> None:
    """Pass on what the browser sends: keys, sizes, whether the page has the focus."""
    async for message in socket:
        if message.type is not WSMsgType.TEXT:
            continue
        match _read(message.data):
            case ["stdin", str(text)]:
                await service.send_bytes(text.encode("utf-8", "replace"))
            case ["resize", {"width": width, "height": height}]:
                await service.set_terminal_size(_cells(width, 80), _cells(height, 24))
            case ["ping", str(sent)]:
                await socket.send_json(["pong", sent])
            case ["blur"]:
                await service.blur()
            case ["focus"]:
                await service.focus()
            case _:
                pass  # not from this server's page


def _read(data: str) -> Any:  # noqa: ANN401  JSON may be anything
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _cells(value: object, default: int) -> int:
    """The cells of a side of a screen, as sent by a browser."""
    text = str(value)
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        return default
    return min(max(int(text), 1), _MOST_CELLS)


async def _close(socket: web.WebSocketResponse) -> None:
    await socket.close()


def _port_of(request: web.Request) -> int:
    """The port at which a request arrived; 0 if its connection is closed already."""
    place = request.get_extra_info("sockname")
    return int(place[1]) if place else 0


def _forwarded(request: web.Request) -> str:
    return forwarded_by(request.remote, request.headers.get("X-Forwarded-Proto"))


class _ErrorLog(logging.Handler):
    """Reports errors of the server, one line each. Wrong requests are not reported: they were answered.

    Args:
        show_line: Called with each line.
    """

    def __init__(self, show_line: Callable[[str], None]) -> None:
        super().__init__(logging.ERROR)
        self._show_line = show_line

    def emit(self, record: logging.LogRecord) -> None:
        """Report an error that was logged."""
        self.report(record.exc_info[1] if record.exc_info else None)

    def report(self, error: BaseException | None) -> None:
        """Report an error; None if it is not known."""
        if error is not None and not isinstance(
            error, (HttpProcessingError, web.RequestPayloadError, OSError)
        ):
            self._show_line(one_line(f"a request could not be answered: {type(error).__name__}: {error}"))


def _address(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}" if port == 80 else f"http://{shown}:{port}"
