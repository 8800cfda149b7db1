"""Pages of this machine in headless Chromium, with the programs that npm has installed."""

from __future__ import annotations

import threading
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from peers.programs import HERE, MODULES
from tests.support.browser import CHROMIUM, Page, browser

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

_HOSTILE_IN_PAGE = """[...document.querySelectorAll("*")].flatMap(part => [...part.attributes]
    .filter(({name, value}) => /^on/i.test(name) && value !== "void(0)" || name === "srcdoc"
        || /^(href|src|action|formaction|data|xlink:href)$/.test(name) && /^\\s*javascript:/i.test(value))
    .map(({name, value}) => `<${part.localName} ${name}=${value}>`))"""

_READY = """new Promise(done => {
    const look = () => window.shown ? done(true) : setTimeout(look, 50);
    look();
    setTimeout(() => done(false), 5000);
})"""
_LOOKS = 12


class _Handler(SimpleHTTPRequestHandler):
    """Answers `/modules/…` with what npm has installed, and all else with what a test has made."""

    def __init__(self, *args: Any, made: dict[str, bytes], **options: Any) -> None:  # noqa: ANN401
        self.made = made
        super().__init__(*args, directory=str(MODULES), **options)

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path.startswith("/modules/"):
            self.path = path.removeprefix("/modules")
            super().do_GET()
            return
        body = self.made.get(path.lstrip("/"))
        self.send_response(404 if body is None else 200)
        is_page = path.endswith((".html", "/"))
        kind = "text/css" if path.endswith(".css") else "text/html" if is_page else "application/json"
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        """Say nothing: what a page asks for is told by the browser."""


@contextmanager
def served(made: dict[str, bytes]) -> Iterator[str]:
    """The address of a server for files by their names, and for the programs under `modules/`."""
    made = {"favicon.ico": b"", "none.css": b"", **made}
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, made=made))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@asynccontextmanager
async def opened(folder: Path, html: str, **files: str) -> AsyncIterator[Page]:
    """A page of one text, loaded; `files` are beside it, `export="…"` as `/export`.

    A script of the page ends by setting `window.shown` to what there is to know of it, as plain data.
    """
    if CHROMIUM is None:
        pytest.skip("Chromium is not here: the pages of other programs cannot be opened")
    made = {name: text.encode() for name, text in files.items()}
    with served({"page.html": html.encode(), **made}) as address:
        async with browser(folder) as page:
            page.patience = 600
            await page.call("Page.navigate", url=f"{address}page.html")
            yield page
            page.asked[:] = [url for url in page.asked if url.startswith("http")]
            assert [url for url in page.asked if not url.startswith(address)] == []


async def shown(page: Page, script: str) -> Any:  # noqa: ANN401  what the script gives
    """The value of a script once the page has set `window.shown`, and that nothing hostile has run."""
    for _ in range(_LOOKS):
        if await page.run(_READY):
            break
    else:
        pytest.fail(f"the page is not ready: {page.faults or 'it says no more'}")
    found = await page.run(script)
    assert page.dialogs == []
    assert await page.run(_HOSTILE_IN_PAGE) == []
    return found


def shell(name: str) -> str:
    """The page that opens an export in a program."""
    return (HERE / "shells" / f"{name}.html").read_text(encoding="utf-8")
