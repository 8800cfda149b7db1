"""What a browser can open, and what only looks like it."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.addresses import NO_HOST, NO_PORT
from timeline_tui.exchange.report_text import is_address as may_be_a_link
from timeline_tui.text.addresses import address_problem, host_of, is_address

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
