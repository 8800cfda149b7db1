"""The web server: which requests it answers, which programs it runs, and a real browser."""

from __future__ import annotations

import asyncio
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.screens import HARBOUR
from timeline_tui.errors import TimelineError, UsageError
from timeline_tui.web.hosts import forwarded_by, is_loopback, is_meant, is_own
from timeline_tui.web.serving import SERVED, is_served, serve, served_command

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

ANYWHERE = "0.0.0.0"  # noqa: S104  nothing listens there

aiohttp = pytest.importorskip("aiohttp")
pytest.importorskip("textual_serve")

from aiohttp import web  # noqa: E402
from aiohttp.http_exceptions import BadStatusLine  # noqa: E402

from tests.support.browser import CHROMIUM, browser  # noqa: E402
from timeline_tui.web.server import MOST_PROGRAMS, WebServer, _ErrorLog  # noqa: E402

ENDED = """new Promise(done => {
    const seen = () => document.querySelector("#ended").offsetHeight && done(true);
    new MutationObserver(seen).observe(document.body, {attributes: true});
    seen();
})"""
PROGRAM = served_command(HARBOUR)


@asynccontextmanager
async def served(command: str = PROGRAM, host: str = "127.0.0.1") -> AsyncIterator[str]:
    """The address, `127.0.0.1:PORT`, of a server that runs `command` and reports no errors."""
    told: list[str] = []
    server = WebServer(command, "A <b>story</b>", host, told.append)
    runner = server.runner()
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
    assert told == []


@pytest.mark.parametrize(
    ("name", "is_it"),
    [
        ("127.0.0.1", True), ("127.1.2.3", True), ("::1", True), ("localhost", True), ("LOCALHOST", True),
        (ANYWHERE, False), ("::", False), ("192.0.2.7", False), ("example.org", False), ("", False),
    ],
)  # fmt: skip
def test_loopback_can_be_reached_from_this_machine_only(name: str, is_it: bool) -> None:
    assert is_loopback(name) is is_it


@pytest.mark.parametrize(
    ("host", "listening", "meant"),
    [
        ("localhost:8000", "127.0.0.1", True),
        ("127.0.0.1:8000", "localhost", True),
        ("[::1]:8000", "::1", True),
        ("rebound.example:8000", "127.0.0.1", False),
        ("localhost.rebound.example:8000", "127.0.0.1", False),
        ("192.0.2.7:8000", "127.0.0.1", False),
        ("192.0.2.7:8000", ANYWHERE, True),
        ("[2001:db8::7]:8000", "::", True),
        ("rebound.example:8000", ANYWHERE, False),
        ("desk.example:8000", "desk.example", True),
        (f"{socket.gethostname().upper()}:8000", ANYWHERE, True),
        *((host, "127.0.0.1", False) for host in (
            "", "localhost", "127.0.0.1:80", "localhost:9000", "localhost:08000000", "localhost:",
            "localhost:x", "[::1", "[::1]", "[::1]x:8000", ":8000", "a@localhost:8000",
            "localhost:8000:8000", "localhost:8000\n",
        )),
    ],
)  # fmt: skip
def test_a_host_is_accepted_if_no_other_page_can_take_its_name(
    host: str, listening: str, meant: bool
) -> None:
    assert is_meant(host, listening, 8000) is meant


@pytest.mark.parametrize(
    ("host", "port", "forwarded", "meant"),
    [
        ("localhost", 80, "", True),
        ("localhost:80", 80, "", True),
        ("localhost", 443, "", False),
        ("localhost", 8000, "https", True),
        ("localhost:443", 8000, "https", True),
        ("localhost:8000", 8000, "https", True),
        ("localhost", 8000, "http", True),
        ("localhost:443", 8000, "http", False),
        ("localhost:9000", 8000, "https", False),
    ],
)
def test_a_missing_port_is_the_one_of_the_scheme(host: str, port: int, forwarded: str, meant: bool) -> None:
    assert is_meant(host, "127.0.0.1", port, forwarded) is meant


def test_only_a_proxy_on_this_machine_is_trusted() -> None:
    assert forwarded_by("127.0.0.1", "HTTPS ") == "https"
    assert forwarded_by("::1", "http") == "http"
    assert forwarded_by("192.0.2.7", "https") == ""
    assert forwarded_by("127.0.0.1", "gopher") == ""
    assert forwarded_by("127.0.0.1", None) == ""
    assert forwarded_by(None, "https") == ""


@pytest.mark.parametrize(
    ("origin", "own"),
    [
        ("http://localhost:8000", True),
        ("https://LOCALHOST:8000", True),
        ("http://localhost:3000", False),
        ("http://evil.example", False),
        ("http://localhost:8000.evil.example", False),
        ("file://localhost:8000", False),
        ("null", False),
        ("", False),
    ],
)
def test_only_the_host_itself_is_an_own_origin(origin: str, own: bool) -> None:
    assert is_own(origin, "localhost:8000") is own
    assert not is_own("http://", "")


def test_a_file_name_is_one_word_in_the_shell_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a b; touch owned $(touch owned) `touch owned` 'q'"
    folder.mkdir()
    (folder / "-c").write_text("", encoding="utf-8")
    monkeypatch.chdir(folder)
    command = served_command((folder / "-c").relative_to(folder))
    words = subprocess.run(  # noqa: S602  as the server does
        command.replace(f"exec {shlex.quote(sys.executable)} -P -m timeline_tui", "printf '%s\\n'"),
        shell=True,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert words == [str(folder / "-c")]
    assert [path.name for path in folder.iterdir()] == ["-c"]


def test_a_file_that_cannot_be_served_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="standard input"):
        served_command(Path("-"))
    with pytest.raises(UsageError, match="does not exist"):
        served_command(tmp_path / "missing.yaml")
    with pytest.raises(UsageError, match="is not a file"):
        served_command(tmp_path)
    with pytest.raises(UsageError, match="0 to 65535"):
        serve(HARBOUR, port=70_000, show_line=print)


def test_without_the_extra_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "timeline_tui.web.server")
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    monkeypatch.setitem(sys.modules, "textual_serve.app_service", None)
    with pytest.raises(TimelineError, match=r"pip install 'timeline-tui\[web\]'"):
        serve(HARBOUR, show_line=print)


def test_a_port_in_use_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SERVED, "")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(TimelineError, match=f"port {port} is taken"):
            serve(HARBOUR, port=port, show_line=print)
    with pytest.raises(UsageError, match="not an address of this machine"):
        serve(HARBOUR, "192.0.2.7", 0, show_line=lambda _: None)


def test_a_warning_is_printed_if_others_can_reach_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SERVED, "")
    monkeypatch.setattr(WebServer, "run", lambda _self, _port, ready: ready("http://x"))
    told: list[str] = []
    serve(HARBOUR, show_line=told.append)
    assert told == ["harbour.yaml is at http://x  (Ctrl+C ends)"]
    serve(HARBOUR, ANYWHERE, show_line=told.append)
    assert told[1].startswith("warning: everybody who can reach 0.0.0.0 can read this timeline")
    assert is_served()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_server_runs_until_a_signal_ends_it(number: signal.Signals) -> None:
    script = (
        "import sys; from pathlib import Path; from timeline_tui.web.serving import serve;"
        "serve(Path(sys.argv[1]), port=0, show_line=lambda line: print(line, flush=True))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(HARBOUR)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("harbour.yaml is at http://127.0.0.1:")
        process.send_signal(number)
        out, err = process.communicate(timeout=120)
    assert (process.returncode, out, err) == (0, "", "")


async def test_the_page_loads_nothing_from_other_machines() -> None:
    async with served() as place, aiohttp.ClientSession() as session:
        async with session.get(f"http://{place}/") as answer:
            text = await answer.text()
            policy = answer.headers["Content-Security-Policy"]
        assert "A &lt;b&gt;story&lt;/b&gt;" in text
        assert f'data-session-websocket-url="ws://{place}/ws"' in text
        assert text.count("://") == 1
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        for path in ("/page.js", "/static/js/textual.js", "/static/css/xterm.css"):
            assert path in text
            async with session.get(f"http://{place}{path}") as answer:
                assert answer.status == 200


@pytest.mark.parametrize(("told", "scheme"), [("https", "wss"), ("http", "ws"), ("x", "ws")])
async def test_behind_a_proxy_with_tls_the_page_opens_a_socket_with_tls(told: str, scheme: str) -> None:
    proxied = {"X-Forwarded-Proto": told}
    async with (
        served() as place,
        aiohttp.ClientSession(headers=proxied) as session,
        session.get(f"http://{place}/") as answer,
    ):
        assert f'data-session-websocket-url="{scheme}://{place}/ws"' in await answer.text()
        assert f"{scheme}://{place}/ws" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "given", "status"),
    [
        ("/", {"Host": "rebound.example"}, 421),
        ("/", {"Host": "localhost:1"}, 421),
        ("/", {"Host": "localhost"}, 421),
        ("/ws", {"Host": "localhost:1", "Origin": "http://localhost:1"}, 421),
        ("/", {"Origin": "http://evil.example"}, 403),
        ("/ws", {}, 403),
        ("/ws", {"Origin": "http://evil.example"}, 403),
        ("/ws", {"Origin": "null"}, 403),
        ("/ws", {"Origin": "http://rebound.example", "Host": "rebound.example"}, 421),
    ],
)
async def test_requests_of_other_pages_are_refused(
    path: str, given: dict[str, str], status: int, tmp_path: Path
) -> None:
    ran = tmp_path / "ran"
    async with served(f"touch {ran}") as place, aiohttp.ClientSession() as session:
        socket_headers = {
            "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        } if path == "/ws" else {}  # fmt: skip
        async with session.get(f"http://{place}{path}", headers=socket_headers | given) as answer:
            assert answer.status == status
    assert not ran.exists()


async def test_invalid_messages_on_a_socket_are_ignored() -> None:
    async with (
        served() as place,
        aiohttp.ClientSession() as session,
        session.ws_connect(f"http://{place}/ws?width=1e9&height=-1", origin=f"http://{place}") as ws,
    ):
        for text in ("", "[", "{}", "7", '["stdin"]', '["stdin", 7]', "[" * 5000, '["none", {}]'):
            await ws.send_str(text)
        await ws.send_str('["resize", {"width": "999999999", "height": null}]')
        await ws.send_str('["stdin", "\\ud800"]')
        await ws.send_str('["ping", "12"]')
        while (message := await ws.receive(timeout=120)).type is not aiohttp.WSMsgType.TEXT:
            assert message.type is aiohttp.WSMsgType.BINARY
        assert message.json() == ["pong", "12"]


async def test_the_number_of_programs_is_limited(tmp_path: Path) -> None:
    script = tmp_path / "program.sh"
    script.write_text("echo __GANGLION__; exec cat > /dev/null\n", encoding="utf-8")
    async with served(f"exec sh {script}") as place, aiohttp.ClientSession() as session:
        sockets = [
            await session.ws_connect(f"http://{place}/ws", origin=f"http://{place}")
            for _ in range(MOST_PROGRAMS)
        ]
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(f"http://{place}/ws", origin=f"http://{place}")
        assert refused.value.status == 503
        for ws in sockets:
            await ws.close()


@pytest.mark.parametrize("rudely", [False, True])
async def test_closed_sockets_free_their_places_at_once(tmp_path: Path, rudely: bool) -> None:
    """Even if their programs ignore signals."""
    script = tmp_path / "program.sh"
    script.write_text("trap '' TERM; echo __GANGLION__; exec sleep 600\n", encoding="utf-8")
    async with served(f"exec sh {script}") as place, aiohttp.ClientSession() as later:
        async with aiohttp.ClientSession() as session:
            asked = [session.ws_connect(f"http://{place}/ws", origin=f"http://{place}") for _ in range(50)]
            answers = await asyncio.gather(*asked, return_exceptions=True)
            sockets = [answer for answer in answers if isinstance(answer, aiohttp.ClientWebSocketResponse)]
            assert len(sockets) == MOST_PROGRAMS
            if not rudely:
                await asyncio.gather(*(ws.close() for ws in sockets))
        for _ in range(MOST_PROGRAMS):
            await later.ws_connect(f"http://{place}/ws", origin=f"http://{place}")


def handshake(place: str, more: str = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n") -> bytes:
    """The headers of a request that opens a socket."""
    return (
        f"GET /ws HTTP/1.1\r\nHost: {place}\r\nOrigin: http://{place}\r\nConnection: Upgrade\r\n"
        f"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n{more}\r\n"
    ).encode("latin-1")


def bad_requests(place: str) -> Iterator[bytes]:
    """Requests that no browser makes."""
    host = f"Host: {place}\r\n".encode()
    yield b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(200))
    yield b"NONSENSE\r\n\r\n"
    yield b"GET / HTTP/9.9\r\n\r\n"
    yield b"GET / HTTP/1.1\r\n\r\n"
    yield b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n"
    yield b"GET / HTTP/1.1\r\nHost: [::1\r\n\r\n"
    yield b"GET http://[::1/ HTTP/1.1\r\n" + host + b"\r\n"
    yield b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + host + b"\r\n"
    yield b"GET / HTTP/1.1\r\n" + host + b"X: " + b"a" * 100_000 + b"\r\n\r\n"
    yield b"GET / HTTP/1.1\r\n" + host + b"X: \0\r\n\r\n"
    yield b"GET /static/" + b"a" * 4_000 + b" HTTP/1.1\r\n" + host + b"\r\n"
    yield b"GET /static/%00 HTTP/1.1\r\n" + host + b"\r\n"
    yield b"GET /static/../../../etc/passwd HTTP/1.1\r\n" + host + b"\r\n"
    yield b"POST / HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"
    yield b"GET / HTTP/1.1\r\n" + host + b"Content-Length: -1\r\n\r\n"
    yield b"POST / HTTP/1.1\r\n" + host + b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nzzzz"
    yield handshake(place, "")
    yield handshake(place, "Sec-WebSocket-Key: x\r\n")
    yield handshake(place, "Sec-WebSocket-Key: \xff\r\n")


BAD_FRAMES = (
    b"\x81\x82\0\0\0\0\xff\xfe", b"\x81\x01x", b"\x83\x81\0\0\0\0x", b"\xf1\x81\0\0\0\0x",
    b"\x88\x82\0\0\0\0\0\x01", b"\x80\x81\0\0\0\0x", b"\x82\x83\0\0\0\0\0\x01\x02",
    b"\x81\xff\0\0\x01\0\0\0\0\0\0\0\0\0x",
)  # fmt: skip
"""Messages that no browser sends through a socket."""


def answer_to(place: str, asked: bytes, then: bytes = b"") -> bytes:
    """The first line of the answer; `then` is sent after it has arrived."""
    host, _, port = place.partition(":")
    with socket.create_connection((host, int(port)), timeout=120) as client, suppress(ConnectionError):
        client.sendall(asked)
        line = client.recv(1_000).partition(b"\r\n")[0]
        if then:
            client.sendall(then)
            client.shutdown(socket.SHUT_WR)
            while client.recv(1_000):
                pass
        return line
    return b"HTTP/1.1 400 cut off"


def test_invalid_requests_are_refused_without_output_on_the_terminal() -> None:
    words = [sys.executable, "-m", "timeline_tui", "serve", str(HARBOUR), "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        place = process.stderr.readline().partition("http://")[2].split(" ")[0]
        for asked in bad_requests(place):
            assert re.match(rb"HTTP/1\.[01] 4\d\d ", answer_to(place, asked)), asked[:80]
        for frames in BAD_FRAMES:
            assert answer_to(place, handshake(place), frames).startswith(b"HTTP/1.1 101 ")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    assert (process.returncode, out, err) == (0, "", "")


def test_an_error_of_the_server_is_reported_in_one_line() -> None:
    told: list[str] = []
    log = _ErrorLog(told.append)
    log.report(KeyError("a\nb\x1b"))
    log.report(BadStatusLine("x"))
    log.report(ConnectionResetError())
    log.report(None)
    assert told == ["a request could not be answered: KeyError: 'a\\nb\\x1b'"]


async def test_a_program_ends_with_its_socket(tmp_path: Path) -> None:
    """Even one that ignores signals; it writes its process number first."""
    script, number = tmp_path / "program.sh", tmp_path / "number"
    script.write_text(
        f"trap '' TERM; echo $$ > {number}; echo __GANGLION__; exec sleep 600\n", encoding="utf-8"
    )
    async with served(f"exec sh {script}") as place, aiohttp.ClientSession() as session:
        ws = await session.ws_connect(f"http://{place}/ws", origin=f"http://{place}")
        while not (number.exists() and number.read_text(encoding="utf-8").endswith("\n")):
            await ws.send_str('["ping", "1"]')
            await ws.receive(timeout=120)
        await ws.close()
    with pytest.raises(ProcessLookupError):
        os.kill(int(number.read_text(encoding="utf-8")), 0)


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")
async def test_in_a_browser_a_key_moves_the_selection(tmp_path: Path) -> None:
    async with served() as place, browser(tmp_path) as page:
        await page.call("Page.navigate", url=f"http://{place}/")
        await page.until("▌.*The council plans a higher wall")
        before = await page.picture()
        await page.press("j")
        await page.until("▌.*The mayor promises a wall by winter")
        assert await page.picture() != before
        assert {address.split("/")[2] for address in page.asked} == {place}
        await page.press("q")
        assert await page.run(ENDED)


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")
async def test_a_page_of_another_origin_cannot_open_the_socket(tmp_path: Path) -> None:
    async with served() as place, served() as other, browser(tmp_path) as page:
        await page.call("Page.setBypassCSP", enabled=True)
        await page.call("Page.navigate", url=f"http://{other}/page.js")
        script = f"""new Promise(done => {{
            const socket = new WebSocket("ws://{place}/ws");
            socket.onopen = () => done("opened");
            socket.onerror = () => done("refused");
        }})"""
        assert await page.run(script) == "refused"
        assert await page.run(script.replace(place, other)) == "opened"


def test_the_environment_says_whether_a_program_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SERVED, raising=False)
    assert not is_served()
    monkeypatch.setenv(SERVED, "1")
    assert is_served()
    assert SERVED in os.environ
