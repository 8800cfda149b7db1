"""What Mermaid draws of an export."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from peers.pages import opened, shown
from peers.programs import module
from timeline_tui.exchange import formats
from timeline_tui.text import one_line

if TYPE_CHECKING:
    from pathlib import Path

    from timeline_tui.view import View

PAGE = """<!doctype html><meta charset="utf-8"><title>Mermaid</title><div id="it"></div>
<script type="module">
    import mermaid from "/modules/mermaid/dist/mermaid.esm.min.mjs";
    mermaid.initialize({startOnLoad: false, maxTextSize: 10_000_000});
    const text = await (await fetch("export")).text();
    try {
        const {svg} = await mermaid.render("drawn", text);
        document.querySelector("#it").innerHTML = svg;
    } catch (error) {
        window.refused = `${error}`;
    }
    window.shown = true;
    window.seen = () => {
        const texts = [...document.querySelectorAll("#it g.timeline-node, #it g.eventWrapper, #it g.taskWrapper")];
        return {refused: window.refused ?? "", title: document.querySelector("#it svg > text, #it svg > g > text")?.textContent,
            all: document.querySelector("#it").textContent,
            events: [...document.querySelectorAll("#it g.eventWrapper")].map(g => g.textContent)};
    };
</script>"""


async def test_every_event_is_drawn_with_its_words(story: View, tmp_path: Path) -> None:
    module("mermaid")
    exported = formats.write(story, "mermaid")
    async with opened(tmp_path, PAGE, export=exported.text) as page:
        seen = await shown(page, "window.seen()")
        assert page.faults == []
    assert seen["refused"] == ""
    titles = Counter(_plain(one_line(story.event(key).title)) for key in story.keys)
    assert Counter(map(_plain, seen["events"])) == titles
    assert _plain(story.title) in _plain(seen["all"])


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)
