"""The web server: a page, and for each browser that opens it a program of its own behind a socket.

`textual-serve` runs the programs. Its own server asks nobody where they come from and has its page fetch
letters from elsewhere, so the pages and the socket are ours.
"""

from __future__ import annotations

import asyncio
import json
import signal
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from aiohttp import WSCloseCode, WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from timeline_tui.serving import is_meant, is_own
from timeline_tui.text import one_line
from timeline_tui.web_page import SCRIPT, SCRIPT_TEXT, SOCKET, STATICS, headers, page

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

MOST: Final = 20
"""Programs that run at a time."""

_MOST_CELLS = 1_000
"""Cells of a side of a screen: no larger one is believed in."""
_MOST_BYTES = 1 << 20
"""Of one message, which holds what was pasted."""
_PATIENCE = 2.0
"""Seconds that programs are given to end."""


class WebServer:
    """Serves what one command shows.

    Args:
        command: The shell's command of a Textual program.
        title: The title of its page, raw.
        host: The name or address to listen at.
    """

    def __init__(self, command: str, title: str, host: str) -> None:
        self._command = command
        self._title = one_line(title)
        self._host = host
        self._open: set[web.WebSocketResponse] = set()

    def run(self, port: int, ready: Callable[[str], None]) -> None:
        """Serve until SIGINT or SIGTERM.

        Args:
            port: The port, or 0 for any.
            ready: Hears the address once it answers.

        Raises:
            OSError: Host or port are not to be had.
        """
        with suppress(KeyboardInterrupt):
            asyncio.run(self._run(port, ready))

    def application(self) -> web.Application:
        """What answers requests."""
        application = web.Application(middlewares=[self._admit])
        application.router.add_get("/", self._page)
        application.router.add_get(SCRIPT, _script)
        application.router.add_get(SOCKET, self._socket)
        application.router.add_static(STATICS, Path(str(files("textual_serve"))) / "static")
        application.on_shutdown.append(self._end)
        return application

    async def _run(self, port: int, ready: Callable[[str], None]) -> None:
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            with suppress(NotImplementedError):
                asyncio.get_running_loop().add_signal_handler(number, stop.set)
        runner = web.AppRunner(self.application(), access_log=None, shutdown_timeout=_PATIENCE)
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
        """Refuse what no user of this server's own page can have asked for."""
        if not is_meant(request.host, self._host):
            raise web.HTTPMisdirectedRequest(text="This server is not known by that name.\n")
        origin = request.headers.get("Origin")
        if origin is None and request.path != SOCKET:
            return await handler(request)
        # Pages of others may open sockets to any address; browsers say whose they are.
        if origin is None or not is_own(origin, request.host):
            raise web.HTTPForbidden(text="Only this server's own page may ask for that.\n")
        return await handler(request)

    async def _page(self, request: web.Request) -> web.Response:
        socket = f"{'wss' if request.secure else 'ws'}://{request.host}{SOCKET}"
        return web.Response(text=page(self._title, socket), content_type="text/html", headers=headers(socket))

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        """Run a program as long as the socket is open."""
        if len(self._open) >= MOST:
            raise web.HTTPServiceUnavailable(text=f"{MOST} programs run already.\n")
        socket = web.WebSocketResponse(heartbeat=15, max_msg_size=_MOST_BYTES)
        self._open.add(socket)
        try:
            await socket.prepare(request)
            service = AppService(
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
                await _stop(service)
        finally:
            self._open.discard(socket)
        return socket

    async def _end(self, _: web.Application) -> None:
        for socket in list(self._open):
            await socket.close(code=WSCloseCode.GOING_AWAY)


async def _script(_: web.Request) -> web.Response:
    return web.Response(text=SCRIPT_TEXT, content_type="text/javascript")


async def _pass_on(socket: web.WebSocketResponse, service: AppService) -> None:
    """Give the program what the browser sends: keys, sizes, whether it is looked at."""
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
                pass  # nothing that this server's page sends


def _read(data: str) -> Any:  # noqa: ANN401  JSON may be anything
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _cells(said: object, otherwise: int) -> int:
    """Cells of a side of a screen, as a browser says them."""
    text = str(said)
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        return otherwise
    return min(max(int(text), 1), _MOST_CELLS)


async def _close(socket: web.WebSocketResponse) -> None:
    await socket.close()


async def _stop(service: AppService) -> None:
    """Have the program end, by itself or not."""
    with suppress(TimeoutError, ConnectionError):
        await asyncio.wait_for(service.stop(), _PATIENCE)
    process = service._process  # noqa: SLF001  there is no other way to it
    if process is None:
        return
    try:
        await asyncio.wait_for(process.wait(), _PATIENCE)
    except TimeoutError:
        process.kill()
        await process.wait()


def _address(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}" if port == 80 else f"http://{shown}:{port}"
