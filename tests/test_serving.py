"""A timeline served: who may ask, what runs, and a real browser."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import subprocess
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.screens import HARBOUR
from timeline_tui.problems import TimelineError, UsageError
from timeline_tui.serving import SERVED, is_loopback, is_meant, is_own, is_served, serve, served_command

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ANYWHERE = "0.0.0.0"  # noqa: S104  nothing listens there

aiohttp = pytest.importorskip("aiohttp")
pytest.importorskip("textual_serve")

from aiohttp import web  # noqa: E402

from tests.browser import CHROMIUM, browser  # noqa: E402
from timeline_tui.web_server import MOST, WebServer  # noqa: E402

ENDED = """new Promise(done => {
    const seen = () => document.querySelector("#ended").offsetHeight && done(true);
    new MutationObserver(seen).observe(document.body, {attributes: true});
    seen();
})"""
PROGRAM = served_command(HARBOUR)


@asynccontextmanager
async def served(command: str = PROGRAM, host: str = "127.0.0.1") -> AsyncIterator[str]:
    """The place, `127.0.0.1:PORT`, of a server that runs `command`."""
    server = WebServer(command, "A <b>story</b>", host)
    runner = web.AppRunner(server.application(), shutdown_timeout=5)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(
    ("name", "is_it"),
    [
        ("127.0.0.1", True), ("127.1.2.3", True), ("::1", True), ("localhost", True), ("LOCALHOST", True),
        (ANYWHERE, False), ("::", False), ("192.0.2.7", False), ("example.org", False), ("", False),
    ],
)  # fmt: skip
def test_loopback_is_this_machine_alone(name: str, is_it: bool) -> None:
    assert is_loopback(name) is is_it


@pytest.mark.parametrize(
    ("host", "listening", "meant"),
    [
        ("localhost:8000", "127.0.0.1", True),
        ("127.0.0.1:9000", "localhost", True),
        ("[::1]:8000", "::1", True),
        ("rebound.example:8000", "127.0.0.1", False),
        ("localhost.rebound.example", "127.0.0.1", False),
        ("192.0.2.7:8000", "127.0.0.1", False),
        ("", "127.0.0.1", False),
        ("192.0.2.7:8000", ANYWHERE, True),
        ("[2001:db8::7]:8000", "::", True),
        ("rebound.example:8000", ANYWHERE, False),
        ("desk.example:8000", "desk.example", True),
        (f"{socket.gethostname().upper()}:8000", ANYWHERE, True),
    ],
)
def test_a_host_is_one_that_no_other_page_can_make_its_own(host: str, listening: str, meant: bool) -> None:
    assert is_meant(host, listening) is meant


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
def test_an_origin_is_the_host_itself(origin: str, own: bool) -> None:
    assert is_own(origin, "localhost:8000") is own
    assert not is_own("http://", "")


def test_a_file_name_is_one_word_to_the_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_what_cannot_be_served_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="standard input"):
        served_command(Path("-"))
    with pytest.raises(UsageError, match="is not there"):
        served_command(tmp_path / "missing.yaml")
    with pytest.raises(UsageError, match="is no file"):
        served_command(tmp_path)
    with pytest.raises(UsageError, match="0 to 65535"):
        serve(HARBOUR, port=70_000, tell=print)


def test_without_the_extra_one_is_told_how_to_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "timeline_tui.web_server")
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    monkeypatch.setitem(sys.modules, "textual_serve.app_service", None)
    with pytest.raises(TimelineError, match=r"pip install 'timeline-tui\[web\]'"):
        serve(HARBOUR, tell=print)


def test_a_taken_port_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SERVED, "")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(TimelineError, match=f"port {port} is taken"):
            serve(HARBOUR, port=port, tell=print)
    with pytest.raises(UsageError, match="no address of this machine"):
        serve(HARBOUR, "192.0.2.7", 0, tell=lambda _: None)


def test_only_what_others_can_reach_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SERVED, "")
    monkeypatch.setattr(WebServer, "run", lambda _self, _port, ready: ready("http://x"))
    told: list[str] = []
    serve(HARBOUR, tell=told.append)
    assert told == ["harbour.yaml is at http://x  (Ctrl+C ends)"]
    serve(HARBOUR, ANYWHERE, tell=told.append)
    assert told[1].startswith("warning: everybody who reaches 0.0.0.0 can read this timeline")
    assert is_served()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_told_to_end(number: signal.Signals) -> None:
    script = (
        "import sys; from pathlib import Path; from timeline_tui.serving import serve;"
        "serve(Path(sys.argv[1]), port=0, tell=lambda line: print(line, flush=True))"
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
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (0, "", "")


async def test_the_page_asks_nothing_of_other_machines() -> None:
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


@pytest.mark.parametrize(
    ("path", "given", "status"),
    [
        ("/", {"Host": "rebound.example"}, 421),
        ("/", {"Origin": "http://evil.example"}, 403),
        ("/ws", {}, 403),
        ("/ws", {"Origin": "http://evil.example"}, 403),
        ("/ws", {"Origin": "null"}, 403),
        ("/ws", {"Origin": "http://rebound.example", "Host": "rebound.example"}, 421),
    ],
)
async def test_who_was_not_sent_by_its_page_is_refused(
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


async def test_nonsense_from_a_socket_harms_nobody() -> None:
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
        while (message := await ws.receive(timeout=20)).type is not aiohttp.WSMsgType.TEXT:
            assert message.type is aiohttp.WSMsgType.BINARY
        assert message.json() == ["pong", "12"]


async def test_no_more_programs_run_than_the_machine_bears(tmp_path: Path) -> None:
    script = tmp_path / "program.sh"
    script.write_text("echo __GANGLION__; exec cat > /dev/null\n", encoding="utf-8")
    async with served(f"exec sh {script}") as place, aiohttp.ClientSession() as session:
        sockets = [
            await session.ws_connect(f"http://{place}/ws", origin=f"http://{place}") for _ in range(MOST)
        ]
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(f"http://{place}/ws", origin=f"http://{place}")
        assert refused.value.status == 503
        for ws in sockets:
            await ws.close()


async def test_a_program_ends_with_its_socket(tmp_path: Path) -> None:
    """Even one that would not: it writes its number and then hears nothing."""
    script, number = tmp_path / "program.sh", tmp_path / "number"
    script.write_text(
        f"trap '' TERM; echo $$ > {number}; echo __GANGLION__; exec sleep 600\n", encoding="utf-8"
    )
    async with served(f"exec sh {script}") as place, aiohttp.ClientSession() as session:
        ws = await session.ws_connect(f"http://{place}/ws", origin=f"http://{place}")
        await ws.send_str('["ping", "1"]')
        await ws.receive(timeout=20)
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
async def test_a_page_of_somebody_else_cannot_open_the_socket(tmp_path: Path) -> None:
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
