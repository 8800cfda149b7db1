"""Addresses that are not valid are reported."""

from __future__ import annotations

import pytest

from tests.support.addresses import NO_HOST, NO_PORT, timeline
from timeline_tui.reading.reader import read_text


@pytest.mark.parametrize("address", [*NO_HOST, *NO_PORT])
def test_check_reports_an_address_that_cannot_be_one(address: str) -> None:
    problems = read_text(timeline(address).encode(), "t.yaml").problems
    assert "bad-url" in [problem.code for problem in problems]


def test_check_reports_invalid_addresses() -> None:
    [problem, *_] = read_text(timeline("https://example.org:70000/").encode(), "t.yaml").problems
    assert problem.message == "https://example.org:70000/ has a port number above 65535"
