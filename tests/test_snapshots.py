"""Pictures of the screen. After a change, look at each before accepting it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

import pytest
import rich.console
from rich._export_format import CONSOLE_SVG_FORMAT
from textual.widgets import Input

from tests.screens import HARBOUR, MEDIUM, NARROW, WIDE, timeline_app

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from textual.app import App


DEFAULTS = rich.console.Console.export_svg.__kwdefaults__ or {}


class Compare(Protocol):
    """The snapshot fixture."""

    def __call__(
        self, app: App[None], *, press: Iterable[str] = (), terminal_size: tuple[int, int] = WIDE
    ) -> bool: ...


@pytest.fixture(autouse=True)
def steady_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """No blinking cursor, and no font from somewhere on the web."""
    monkeypatch.setattr(Input, "_toggle_cursor", lambda _: None)
    plain = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    assert "http" not in plain.replace("http://www.w3.org", "").replace("https://www.textualize.io", "")
    monkeypatch.setattr(rich.console.Console.export_svg, "__kwdefaults__", {**DEFAULTS, "code_format": plain})


@pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW], ids=["wide", "medium", "narrow"])
def test_the_timeline(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(timeline_app(), press=["j"], terminal_size=size)


def test_the_light_theme(snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORFGBG", "0;15")
    assert snap_compare(timeline_app(), press=["j", "j", "z"], terminal_size=WIDE)


def test_a_filter_with_a_mistake(snap_compare: Compare) -> None:
    keys = ["a", "j", "space", "escape", "f", "space", *"kindx", "colon", "y"]
    assert snap_compare(timeline_app(), press=keys, terminal_size=WIDE)


def test_a_find_in_several_scripts(snap_compare: Compare) -> None:
    assert snap_compare(timeline_app(), press=["slash", "최", "민", "서", "enter", "n"], terminal_size=WIDE)


def test_no_match(snap_compare: Compare) -> None:
    assert snap_compare(timeline_app(query="nothing-like-this"), terminal_size=MEDIUM)


def test_the_problems(snap_compare: Compare, tmp_path: Path) -> None:
    good = HARBOUR.read_text(encoding="utf-8")
    bad = good.replace("date: 2024-02-09\n    title: The", "date: 9 Feb 2024\n    title: The").replace(
        "by: council", "by: counsil"
    )
    (tmp_path / "bad.yaml").write_text(bad, encoding="utf-8")
    assert snap_compare(timeline_app(tmp_path / "bad.yaml"), press=["p", "down"], terminal_size=WIDE)


def test_an_empty_file(snap_compare: Compare, tmp_path: Path) -> None:
    (tmp_path / "empty.yaml").write_text("title: Nothing yet\nevents: []\n", encoding="utf-8")
    assert snap_compare(timeline_app(tmp_path / "empty.yaml"), terminal_size=MEDIUM)


def test_the_help(snap_compare: Compare) -> None:
    assert snap_compare(timeline_app(), press=["question_mark"], terminal_size=WIDE)


def test_the_palette(snap_compare: Compare) -> None:
    assert snap_compare(timeline_app(), press=["ctrl+p"], terminal_size=WIDE)


def test_the_sources(snap_compare: Compare) -> None:
    assert snap_compare(timeline_app(), press=["j", "j", "o"], terminal_size=MEDIUM)
