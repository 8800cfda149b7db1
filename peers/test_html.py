"""What checkers of HTML and of its accessibility find in an export: vnu, html-validate, axe."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from peers.pages import opened, shown
from peers.programs import module, node
from peers.stories import story_named
from timeline_tui.exchange import registry
from timeline_tui.query.language import parse_query
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from pathlib import Path

    from timeline_tui.timeline.view import View


LOADED = """document.readyState === "complete" || new Promise(done => addEventListener("load", done))"""
CHECKED = """axe.run().then(({violations}) =>
    violations.map(({id, nodes}) => [id, nodes[0].html, nodes.length]))"""

STATES = {
    "as it opens": "",
    "with all wordings": "document.querySelectorAll('details').forEach(each => { each.open = true; })",
    "on an earlier day": "document.querySelector('#page_before').click()",
    "all of it again": "document.querySelector('#page_clear').click()",
    "a story": "document.querySelector('.story > button').click()",
}
"""What has been done before the page is checked, one after the other."""


def test_vnu_finds_nothing(story: View) -> None:
    jar = module("vnu-jar") / "build" / "dist" / "vnu.jar"
    java = shutil.which("java")
    if java is None:
        pytest.skip("Java is not here: vnu needs it")
    done = subprocess.run(
        [java, "-jar", str(jar), "--format", "json", "-"],
        input=registry.write(story, "html").text, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    found = json.loads(done.stderr)["messages"]
    assert [f"{each.get('lastLine')}: {each['message']}" for each in found] == []


def test_html_validate_finds_nothing(story: View) -> None:
    module("html-validate")
    assert node("html.mjs", registry.write(story, "html").text) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 768, 400])
async def test_axe_finds_nothing_at_any_size_in_any_scheme(width: int, scheme: str, tmp_path: Path) -> None:
    axe = module("axe-core") / "axe.min.js"
    # A part of the story has everything that the whole page has, which takes a checker minutes.
    view = story_named("bundled")
    view = view.with_query(parse_query("tag:choe-visit", view.vocabulary).query)
    text = registry.write(view, "html").text
    async with opened(tmp_path, text) as page:
        await page.call(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=900, deviceScaleFactor=1, mobile=width < 600,
        )  # fmt: skip
        await page.call(
            "Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}]
        )
        await page.run(LOADED)
        await page.run(axe.read_text())
        found = {}
        for state, script in STATES.items():
            await page.run(script)
            found[state] = await page.run(CHECKED)
            assert await page.run("document.documentElement.scrollWidth") <= width, state
        assert page.faults == []
    assert found == {state: [] for state in STATES}


async def test_axe_finds_nothing_and_no_text_runs(story: View, tmp_path: Path) -> None:
    axe = module("axe-core") / "axe.min.js"
    async with opened(tmp_path, registry.write(story, "html").text) as page:
        await page.run(LOADED)
        await page.run("window.shown = true")
        await page.run(axe.read_text())
        found = await shown(page, CHECKED)
        text = await page.run("document.body.textContent")
        assert page.faults == []
    assert found == []
    words = " ".join(text.split())
    assert [title for key in story.keys if (title := _line(story.event(key).title)) not in words] == []


def _line(text: str) -> str:
    return " ".join(one_line(text).split())
