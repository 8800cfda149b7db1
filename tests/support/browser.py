"""Headless Chromium, driven by its DevTools protocol; it reaches no address but this machine's."""

from __future__ import annotations

import asyncio
import base64
import re
import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiohttp
import pyte

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_PATIENCE = 120
"""Seconds."""


class Page:
    """A page, and the terminal that its sockets paint."""

    def __init__(self, tools: aiohttp.ClientWebSocketResponse) -> None:
        self._tools = tools
        self.patience = _PATIENCE
        """Seconds that the browser may be silent while it is waited for."""
        self._number = 0
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        self.asked: list[str] = []
        """Every address that the page has asked for."""
        self.faults: list[str] = []
        """Errors that the page has told the console, and those that nobody caught."""
        self.dialogs: list[str] = []
        """What `alert()` and its like have asked; each is closed at once."""

    @property
    def text(self) -> str:
        """What stands on the terminal."""
        return "\n".join(self._screen.display)

    async def call(self, method: str, **params: object) -> dict[str, Any]:
        """What the browser answers; meanwhile what its sockets bring is taken in."""
        number = self._number = self._number + 1
        await self._tools.send_json({"id": number, "method": method, "params": params})
        while True:
            told = await self._next()
            if told.get("id") == number:
                assert "error" not in told, told
                result: dict[str, Any] = told["result"]
                return result

    async def until(self, pattern: str) -> None:
        """Wait until `pattern` stands on the terminal."""
        async with asyncio.timeout(_PATIENCE):
            while not re.search(pattern, self.text):
                await self._next()

    async def press(self, key: str) -> None:
        """Press a key as a person does."""
        for kind in ("keyDown", "keyUp"):
            text = {"text": key} if kind == "keyDown" else {}
            await self.call("Input.dispatchKeyEvent", type=kind, key=key, **text)

    async def picture(self) -> bytes:
        """What is painted, as PNG."""
        return base64.b64decode((await self.call("Page.captureScreenshot"))["data"])

    async def run(self, script: str) -> Any:  # noqa: ANN401  whatever it returns
        """The value of a script, awaited."""
        answer = await self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        return answer["result"].get("value")

    async def _next(self) -> dict[str, Any]:
        told: dict[str, Any] = await self._tools.receive_json(timeout=self.patience)
        if told.get("method") == "Network.webSocketFrameReceived":
            frame = told["params"]["response"]
            if frame["opcode"] == 2:
                self._stream.feed(base64.b64decode(frame["payloadData"]))
        elif told.get("method") == "Network.webSocketFrameSent":
            self._resize(told["params"]["response"]["payloadData"])
        elif told.get("method") == "Network.requestWillBeSent":
            self.asked.append(told["params"]["request"]["url"])
        elif told.get("method") == "Page.javascriptDialogOpening":
            self.dialogs.append(told["params"]["message"])
            self._number += 1
            closing = {"method": "Page.handleJavaScriptDialog", "params": {"accept": False}}
            await self._tools.send_json({"id": self._number, **closing})
        elif fault := _fault(told):
            self.faults.append(fault)
        return told

    def _resize(self, sent: str) -> None:
        if size := re.fullmatch(r'\["resize",\{"width":(\d+),"height":(\d+)\}\]', sent):
            self._screen.resize(int(size[2]), int(size[1]))


def _fault(told: dict[str, Any]) -> str:
    """The error that an event of the browser tells of; empty for any other."""
    params = told.get("params", {})
    if told.get("method") == "Runtime.exceptionThrown":
        details = params["exceptionDetails"]
        return str(details.get("exception", {}).get("description", details["text"]))
    if told.get("method") == "Runtime.consoleAPICalled" and params["type"] == "error":
        return " ".join(str(part.get("value", part.get("description", ""))) for part in params["args"])
    if told.get("method") == "Log.entryAdded" and params["entry"]["level"] == "error":
        return f"{params['entry']['text']} {params['entry'].get('url', '')}"
    return ""


@asynccontextmanager
async def browser(folder: Path) -> AsyncIterator[Page]:
    """A browser with one empty page, its own folder, and no way out of this machine."""
    assert CHROMIUM is not None
    process = await asyncio.create_subprocess_exec(
        CHROMIUM,
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--window-size=1280,800",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
        "--remote-debugging-port=0", f"--user-data-dir={folder}", "about:blank",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        port = await asyncio.wait_for(_port(process), _PATIENCE)
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                [target] = [found for found in await answer.json() if found["type"] == "page"]
            async with session.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0) as tools:
                page = Page(tools)
                for domain in ("Page", "Network", "Runtime", "Log"):
                    await page.call(f"{domain}.enable")
                yield page
    finally:
        process.kill()
        await process.wait()


async def _port(process: asyncio.subprocess.Process) -> int:
    assert process.stderr is not None
    while line := await process.stderr.readline():
        if found := re.search(rb"DevTools listening on ws://127\.0\.0\.1:(\d+)/", line):
            return int(found[1])
    raise AssertionError("Chromium has ended")
