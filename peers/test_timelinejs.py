"""What TimelineJS shows of an export, slide by slide, and that no text of a file runs in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from peers.pages import opened, shown
from peers.programs import module
from peers.stories import HOSTILE, story_named, story_of
from timeline_tui.exchange import formats
from timeline_tui.text import one_line

if TYPE_CHECKING:
    from pathlib import Path

    from timeline_tui.view import View

PAGE = """<!doctype html><meta charset="utf-8"><title>TimelineJS</title>
<link rel="stylesheet" href="modules/@knight-lab/timelinejs/dist/css/timeline.css">
<div id="it" style="width: 1000px; height: 600px"></div>
<script src="modules/@knight-lab/timelinejs/dist/js/timeline.js"></script>
<script type="module">
    const given = await (await fetch("export")).json();
    const timeline = window.timeline = new TL.Timeline("it", given, {hash_bookmark: false, font: new URL("none.css", location).href,
        script_path: new URL("modules/@knight-lab/timelinejs/dist/js/", location).href});
    const slider = () => timeline._storyslider;
    window.seen = async () => {
        const slides = [];
        for (let number = 0; number < Math.min(slider()._slides.length, 80); number++) {
            timeline.goTo(number);
            const of = slider()._slides[number]._el.container;
            const said = name => of.querySelector(name)?.textContent ?? "";
            slides.push({title: said(".tl-headline"), date: said(".tl-headline-date"), text: said(".tl-text-content")});
            if (number % 10 === 0) await new Promise(done => setTimeout(done, 20));
        }
        const all = name => [...document.querySelectorAll(name)].map(part => part.textContent);
        return {slides, count: slider()._slides.length, markers: all(".tl-timemarker-text .tl-headline"),
            groups: all(".tl-timegroup-message"), height: slider()._el.container.offsetHeight,
            message: all(".tl-message-full")};
    };
    window.refused = () => document.querySelector(".tl-message-full")?.textContent ?? "";
    const look = () => (slider()?._slides?.length || window.refused().includes("no events"))
        ? window.shown = true : setTimeout(look, 50);
    look();
</script>"""


FIELDS = """<!doctype html><meta charset="utf-8"><title>TimelineJS</title>
<link rel="stylesheet" href="modules/@knight-lab/timelinejs/dist/css/timeline.css">
<script src="modules/@knight-lab/timelinejs/dist/js/timeline.js"></script>
<script type="module">
    window.seen = [];
    const given = await (await fetch("export")).json();
    for (const [number, text] of given.entries()) {
        const place = document.body.appendChild(document.createElement("div"));
        place.id = `it-${number}`;
        place.style = "width: 1000px; height: 600px";
        const timeline = new TL.Timeline(place.id, JSON.parse(text), {hash_bookmark: false, font: new URL("none.css", location).href,
            script_path: new URL("modules/@knight-lab/timelinejs/dist/js/", location).href});
        while (!timeline._storyslider?._slides?.length) await new Promise(done => setTimeout(done, 20));
        timeline.goTo(1);
        await new Promise(done => setTimeout(done, 20));
        const all = name => [...place.querySelectorAll(name)].map(part => part.textContent);
        window.seen.push({title: all(".tl-headline-title"), headline: all(".tl-slide:nth-of-type(2) .tl-headline"),
            date: all(".tl-headline-date"), next: all(".tl-slidenav-next .tl-slidenav-description"), text: all(".tl-text-content"),
            group: all(".tl-timegroup-message"), era: all(".tl-timeera .tl-headline"), marker: all(".tl-timemarker .tl-headline"),
            caption: all(".tl-caption"), credit: all(".tl-credit")});
        place.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
    }
    window.shown = true;
</script>"""


async def test_each_field_shows_hostile_text_as_text(tmp_path: Path) -> None:
    module("@knight-lab/timelinejs")
    stories = [story_of(text) for text in HOSTILE]
    exports = [formats.write(story, "timelinejs").text for story in stories]
    async with opened(tmp_path, FIELDS, export=json.dumps(exports)) as page:
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
    exported = formats.write(story, "timelinejs")
    slides = json.loads(exported.text)["events"]
    async with opened(tmp_path, PAGE, export=exported.text) as page:
        seen = await shown(page, "window.seen()")
        assert page.faults == []
    assert seen["count"] == len(slides) + 1
    titles = sorted(" ".join(one_line(story.event(key).title).split()) for key in story.keys)
    drawn = sorted(" ".join(title.split()) for title in seen["markers"])
    assert [title for title in drawn if title not in titles] == []
    assert seen["height"] > 300


async def test_an_empty_timeline_is_refused_by_timelinejs(tmp_path: Path) -> None:
    module("@knight-lab/timelinejs")
    exported = formats.write(story_named("empty"), "timelinejs")
    async with opened(tmp_path, PAGE, export=exported.text) as page:
        assert "no events" in await shown(page, "window.refused()")
