"""ClickHouse behind HTTP on loopback: chDB, the engine of ClickHouse in this process, answers each question.

A server of ClickHouse itself is in no package that brings today's; here its engine runs the statements, and
knows the settings and the values that come with them.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from timeline_tui.tables.engines.clickhouse import _Embedded

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_SETTINGS = frozenset({"database", "wait_end_of_query"})
"""Options of a request that are no settings of a query."""
_FORMAT = "FORMAT JSONCompact"
_lock = Lock()


@cache
def embedded() -> _Embedded:
    """The engine, of which a process has one, in a folder of its own that goes with it."""
    return _Embedded("")


class _Questions(BaseHTTPRequestHandler):
    """Has the engine answer."""

    def do_POST(self) -> None:
        """Answer a question."""
        options = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        status, body = _answer(options, text)
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _answer(options: dict[str, str], text: str) -> tuple[int, bytes]:
    """Status and body for a statement, with all settings that came with it."""
    values = {
        name.removeprefix("param_"): text for name, text in options.items() if name.startswith("param_")
    }
    settings = ", ".join(
        f"{name} = {value if value.isdecimal() else repr(value)}"
        for name, value in options.items()
        if name not in _NO_SETTINGS and not name.startswith("param_")
    )
    assert text.endswith(_FORMAT)
    limited = f"{text.removesuffix(_FORMAT)} SETTINGS {settings} {_FORMAT}" if settings else text
    session: Any = embedded()._session
    with _lock:
        try:
            if "database" in options:
                session.query(f"USE {options['database']}")
            return 200, str(session.query(limited, "JSONCompact", params=values)).encode()
        except RuntimeError as error:
            return 404 if re.search("UNKNOWN_(TABLE|DATABASE)", str(error)) else 500, str(error).encode()


@contextmanager
def clickhouse_server() -> Iterator[str]:
    """The address of a server that runs as long as it is needed, without a database."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Questions) as running:
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"clickhouse://127.0.0.1:{running.server_address[1]}"
        finally:
            running.shutdown()
            thread.join()
