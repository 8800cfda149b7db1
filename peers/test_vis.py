"""What vis-timeline draws of an export."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING

from peers.pages import opened, shell, shown
from peers.programs import module
from timeline_tui.dates.day_numbers import to_civil
from timeline_tui.exchange import registry
from timeline_tui.text.sanitize import one_line

if TYPE_CHECKING:
    from pathlib import Path

    from timeline_tui.timeline.view import View


async def test_every_item_is_drawn_where_its_date_is(story: View, tmp_path: Path) -> None:
    module("vis-timeline")
    items = json.loads(registry.write(story, "vis").text)
    dates = {event.id: event.date for event in map(story.event, story.keys)}
    async with opened(tmp_path, shell("vis"), export=json.dumps(items)) as page:
        drawn, seen = await shown(page, "window.drawn()"), await shown(page, "window.seen()")
        texts = await shown(page, "window.texts()")
        assert page.faults == []
    assert len(drawn) == len(items)
    assert seen == len(items)
    assert [
        text for text in texts if text and text not in {one_line(unescape(i["content"])) for i in items}
    ] == []
    for id_, start, end in drawn:
        if id_ in dates and re.search(r"^\.\.|T|-XX-", (form := dates[id_]).text) is None:
            assert start == _day(form.earliest), form.text
            assert end is None or end == _day(form.latest), form.text


def _day(number: int) -> str:
    year, month, day = to_civil(number)
    return f"{year}-{month:02}-{day:02}"
