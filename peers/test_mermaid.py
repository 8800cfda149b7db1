"""What Mermaid draws of an export."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from peers.pages import opened, shell, shown
from peers.programs import module
from peers.stories import STORIES, story_named
from timeline_tui.exchange import registry
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "level"), [*((name, "strict") for name in STORIES), ("hard", "loose"), ("hard", "antiscript")]
)
async def test_every_event_is_drawn_with_its_words(name: str, level: str, tmp_path: Path) -> None:
    module("mermaid")
    story = story_named(name)
    exported = registry.write(story, "mermaid")
    async with opened(tmp_path, shell("mermaid").replace("LEVEL", level), export=exported.text) as page:
        seen = await shown(page, "window.seen()")
        assert page.faults == []
    assert seen["refused"] == ""
    titles = Counter(_plain(one_line(story.event(key).title)) for key in story.keys)
    assert Counter(map(_plain, seen["events"])) == titles
    assert _plain(story.title) in _plain(seen["all"][0])
    periods = {_plain(one_line(story.date_in_words(story.event(key).date))) for key in story.keys}
    assert {_plain(period) for period in seen["periods"]} == periods


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)
