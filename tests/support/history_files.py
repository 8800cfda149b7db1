"""Files of version 1.1 with histories, and the problems that are found in them."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from timeline_tui.checking.references import check
from timeline_tui.dates.date import parse_date
from timeline_tui.reading.reader import read_text

if TYPE_CHECKING:
    from timeline_tui.model.records import Header
    from timeline_tui.reading.reader import Reading


TODAY = parse_date("2026-01-01").earliest


HEAD = """\
format: 1.1
title: A story
actors:
  us: {name: United States, short: USA}
  nk: {name: North Korea, short: DPRK}
  ann: {name: Ann, of: us}
"""
"""The lines above the events."""


def read(text: str, head: str = HEAD) -> Reading:
    return read_text((head + dedent(text)).encode(), "x.yaml")


def header_of(reading: Reading) -> Header:
    assert reading.header is not None
    return reading.header


def problems(text: str, head: str = HEAD) -> list[str]:
    """Line, severity and code of each problem, without ids that nothing uses."""
    found = check(read(text, head), today=TODAY)
    return [f"{each.line} {each.severity.value} {each.code}" for each in found if each.code != "unused-id"]
