"""The status that is shown of an event."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.support.screens import TODAY
from timeline_tui.answers.history import status_in_words
from timeline_tui.exchange.html import page as html_page
from timeline_tui.exchange.markdown import report as markdown
from timeline_tui.loading.opened import open_timeline
from timeline_tui.pages.event_card import event_card
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from pathlib import Path

OURS = """\
title: T
events:
  - {date: 2024-01-01, title: A meeting}
"""
CSV = "date,title,status\n2024-01-01,A meeting,\n2024-01-02,A denial,denied\n2199-01-01,A plan,\n"


def opened(path: Path, name: str, text: str) -> View:
    (path / name).write_text(text, encoding="utf-8")
    return View(open_timeline(path / name, today=TODAY).index, today=TODAY)


def test_an_event_of_our_format_without_a_status_is_shown_as_happened(tmp_path: Path) -> None:
    view = opened(tmp_path, "ours.yaml", OURS)
    assert status_in_words(view, view.event(0)) == "happened"
    assert "● happened · 1 January 2024" in [
        paragraph.text for paragraph in event_card(view, view.event(0), 0)
    ]
    for text in (markdown.write(view).text, html_page.write(view).text):
        assert "happened" in text
        looks = re.sub(
            r"<style>.*?</style>|<script>.*?</script>| class=\"[^\"]*\"", "", text, flags=re.DOTALL
        )
        assert "confirmed" not in looks


def test_an_event_of_another_format_without_a_status_shows_none(tmp_path: Path) -> None:
    view = opened(tmp_path, "theirs.csv", CSV)
    assert [row.status for row in view.rows(0, 3)] == ["", "denied", "scheduled"]
    assert status_in_words(view, view.event(0)) == ""
    shown = [paragraph.text for paragraph in event_card(view, view.event(0), 0)]
    assert not any("happened" in text or "●" in text for text in shown)
    assert "happened" not in markdown.write(view).text
