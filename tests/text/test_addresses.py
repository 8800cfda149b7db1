"""What a browser can open, and what only looks like it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.screens import WIDE, shows, timeline_app
from timeline_tui.exchange.report_text import is_address as may_be_a_link
from timeline_tui.reading.reader import read_text
from timeline_tui.text.addresses import address_problem, host_of, is_address
from timeline_tui.tui.screens.target_actions import open_source

if TYPE_CHECKING:
    from pathlib import Path

NO_HOST = [
    "https://[::1", "https://]/", "https://a]b[/", "https://a[1]/", "https://[1.2.3.4]/", "https://[::1]x/",
    "https://[v1.x]/", "https://[]/", "https://[::1%25eth0]/", "https://:80/", "https://@/", "https://user@/",
    "https://./", "https://.../", "https://exa\u2100mple.org/", "https://example.org\\@evil.example/",
    "https://a<b>/", "https://%zz/", f"https://{'a' * 254}/",
]  # fmt: skip
NO_PORT = [
    "https://a:99999/",
    "https://a:65536",
    "https://a:b/",
    "https://a:+80/",
    "https://a:８０/",
    "https://a:1:2/",
]
NO_ADDRESS = [
    "",
    "example.org",
    "ftp://example.org",
    "javascript:alert(1)",
    "https://",
    "https://a b/",
    "https:///x",
]
ADDRESSES = [
    "https://example.org", "HTTP://EXAMPLE.ORG/a?b#c", "https://[::1]", "https://[2001:db8::1]:8080/x", "http://localhost:0",
    "https://example.org:/", "https://example.org:00443/", "https://user:pass@example.org/", "https://пример.рф/путь",
    "https://web.archive.org/web/2024/https://[::1/", "https://127.0.0.1/[x]", "https://under_score.example.org./",
]  # fmt: skip


@pytest.mark.parametrize("text", [*NO_HOST, *NO_PORT, *NO_ADDRESS])
def test_a_text_that_no_browser_can_open_is_not_an_address(text: str) -> None:
    assert not is_address(text)
    assert not may_be_a_link(text)
    assert host_of(text) == ""


@pytest.mark.parametrize("text", ADDRESSES)
def test_a_text_that_a_browser_can_open_is_an_address(text: str) -> None:
    assert address_problem(text) == ""
    assert host_of(text)


def test_the_host_is_the_one_that_the_browser_goes_to() -> None:
    assert host_of("https://good.example@evil.example/") == "evil.example"


@given(
    st.one_of(
        st.text(),
        st.text(alphabet="htps:/[]@:%\\.01a?#８℀\u202e ").map("https://".__add__),
        st.tuples(st.sampled_from(ADDRESSES), st.text(max_size=3)).map("".join),
    )
)
@example("https://[::1")
def test_every_text_is_an_address_or_is_not(text: str) -> None:
    if is_address(text):
        parts = urlsplit(text)
        assert parts.hostname
        assert parts.port is None or 0 <= parts.port <= 65_535
        assert host_of(text) == parts.hostname


def timeline(address: str) -> str:
    quoted = address.replace("\\", "\\\\").replace('"', '\\"')
    return (
        f'title: T\nsources:\n  s: {{title: S, url: "{quoted}"}}\nevents:\n'
        "- {date: 2024, title: E, sources: [s]}\n"
    )


@pytest.mark.parametrize("address", [*NO_HOST, *NO_PORT])
def test_check_tells_an_address_that_cannot_be_one(address: str) -> None:
    problems = read_text(timeline(address).encode(), "t.yaml").problems
    assert "bad-url" in [problem.code for problem in problems]


def test_check_reports_invalid_addresses() -> None:
    [problem, *_] = read_text(timeline("https://example.org:70000/").encode(), "t.yaml").problems
    assert problem.message == "https://example.org:70000/ has a port number above 65535"


@pytest.mark.parametrize("address", NO_HOST)
async def test_the_sources_of_an_event_are_listed_whatever_their_addresses_are(
    tmp_path: Path, address: str
) -> None:
    file = tmp_path / "t.yaml"
    file.write_text(timeline(address), encoding="utf-8")
    app = timeline_app(file)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("o", "O", "enter")
        open_source(app, address)
        await pilot.pause()
        assert app.is_running


@pytest.mark.parametrize("fault", [OSError("no such browser"), ValueError("a dash in front")])
async def test_a_browser_that_cannot_be_started_is_told(
    monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    app = timeline_app()

    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(app, "open_url", fail)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        open_source(app, "https://example.org/")
        await shows(pilot, str(fault))
