"""What TimelineJS shows of an export, slide by slide, and that no text of a file runs in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from peers.pages import opened, shell, shown
from peers.programs import module
from peers.stories import HOSTILE, story_named, story_of
from timeline_tui.exchange import registry
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from pathlib import Path


async def test_each_field_shows_hostile_text_as_text(tmp_path: Path) -> None:
    module("@knight-lab/timelinejs")
    stories = [story_of(text) for text in HOSTILE]
    exports = [registry.write(story, "timelinejs").text for story in stories]
    async with opened(tmp_path, shell("timelinejs_fields"), export=json.dumps(exports)) as page:
        all_seen = await shown(page, "window.seen")
        assert [fault for fault in page.faults if "ERR_NAME_NOT_RESOLVED" not in fault] == []
    for text, seen in zip(HOSTILE, all_seen, strict=True):
        line = one_line(text)
        for field in ("title", "headline", "date", "marker", "group", "era"):
            assert any(found.startswith(line) for found in seen[field]), (field, text, seen[field])
        assert sum(words.count(line) for words in seen["text"]) >= 5, (text, seen["text"])


@pytest.mark.parametrize("name", ["bundled", "hard", "long"])
async def test_every_slide_shows_its_text_and_runs_nothing(name: str, tmp_path: Path) -> None:
    module("@knight-lab/timelinejs")
    story = story_named(name)
    exported = registry.write(story, "timelinejs")
    slides = json.loads(exported.text)["events"]
    async with opened(tmp_path, shell("timelinejs"), export=exported.text) as page:
        seen = await shown(page, "window.seen()")
        assert page.faults == []
    assert seen["count"] == len(slides) + 1
    titles = sorted(" ".join(one_line(story.event(key).title).split()) for key in story.keys)
    drawn = sorted(" ".join(title.split()) for title in seen["markers"])
    assert [title for title in drawn if title not in titles] == []
    assert seen["height"] > 300


async def test_an_empty_timeline_is_refused_by_timelinejs(tmp_path: Path) -> None:
    module("@knight-lab/timelinejs")
    exported = registry.write(story_named("empty"), "timelinejs")
    async with opened(tmp_path, shell("timelinejs"), export=exported.text) as page:
        assert "no events" in await shown(page, "window.refused()")
