"""What Mermaid draws of an export."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from peers.pages import opened, shown
from peers.programs import module
from peers.stories import STORIES, story_named
from timeline_tui.exchange import formats
from timeline_tui.text import one_line

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<!doctype html><meta charset="utf-8"><title>Mermaid</title><div id="it"></div>
<script type="module">
    import mermaid from "/modules/mermaid/dist/mermaid.esm.min.mjs";
    const text = await (await fetch("export")).text();
    mermaid.initialize({startOnLoad: false, maxTextSize: Math.max(text.length, 50_000), securityLevel: LEVEL});
    try {
        const {svg} = await mermaid.render("drawn", text);
        document.querySelector("#it").innerHTML = svg;
    } catch (error) {
        window.refused = `${error}`;
    }
    window.shown = true;
    window.seen = () => {
        const all = name => [...document.querySelectorAll(name)].map(part => part.textContent);
        return {refused: window.refused ?? "", all: all("#it"), events: all("#it g.eventWrapper"),
            periods: all("#it g.taskWrapper")};
    };
</script>"""


@pytest.mark.parametrize(
    ("name", "level"), [*((name, "strict") for name in STORIES), ("hard", "loose"), ("hard", "antiscript")]
)
async def test_every_event_is_drawn_with_its_words(name: str, level: str, tmp_path: Path) -> None:
    module("mermaid")
    story = story_named(name)
    exported = formats.write(story, "mermaid")
    async with opened(tmp_path, PAGE.replace("LEVEL", f'"{level}"'), export=exported.text) as page:
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
