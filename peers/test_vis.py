"""What vis-timeline draws of an export."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from peers.pages import opened, shown
from peers.programs import module
from timeline_tui.exchange import formats

if TYPE_CHECKING:
    from pathlib import Path

    from timeline_tui.view import View

PAGE = """<!doctype html><meta charset="utf-8"><title>vis</title>
<link rel="stylesheet" href="modules/vis-timeline/styles/vis-timeline-graph2d.min.css">
<div id="it"></div>
<script src="modules/vis-timeline/standalone/umd/vis-timeline-graph2d.min.js"></script>
<script type="module">
    const given = await (await fetch("export")).json();
    const groups = [...new Set(given.map(item => item.group))].map(id => ({id, content: id}));
    const items = new vis.DataSet(given);
    const some = given.some(item => item.group);
    const timeline = new vis.Timeline(document.querySelector("#it"), items, some ? groups : null,
        {height: "600px", showTooltips: true});
    timeline.fit({animation: false});
    window.drawn = () => Object.values(timeline.itemSet.items).map(item => [
        item.id, item.data.start.getTime(), item.data.end ? item.data.end.getTime() : null]);
    requestAnimationFrame(() => { window.shown = true; });
</script>"""


async def test_every_item_is_drawn_where_its_date_is(story: View, tmp_path: Path) -> None:
    module("vis-timeline")
    items = json.loads(formats.write(story, "vis").text)
    async with opened(tmp_path, PAGE, export=json.dumps(items)) as page:
        drawn = await shown(page, "window.drawn()")
        assert page.faults == []
    assert len(drawn) == len(items)
