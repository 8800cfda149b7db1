"""What Markwhen's parser finds in an export."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from peers.programs import module, node
from timeline_tui.dates.day_numbers import to_civil
from timeline_tui.exchange import registry
from timeline_tui.text.sanitize import one_line, visible

if TYPE_CHECKING:
    from timeline_tui.model.records import Event
    from timeline_tui.timeline.view import View

NO_ZONE = "Timezone not specified. Specifying a `timezone` in the header is highly recommended."


def test_every_event_is_found_with_its_title_date_tags_and_fields(story: View) -> None:
    module("@markwhen/parser")
    exported = registry.write(story, "markwhen")
    found = node("markwhen.mjs", exported.text)
    assert set(found["messages"]) <= {NO_ZONE}
    assert found["groups"] == [""]
    assert found["header"]["title"] == one_line(story.title)
    written = story.count - exported.lost["events whose dates Markwhen cannot write"]
    assert len(found["events"]) == written
    by_id = {event.id: event for event in map(story.event, story.keys)}
    for each in found["events"]:
        if own := by_id.get(each["id"]):
            _same(each, own)


def _same(found: dict[str, object], own: Event) -> None:
    title = str(found["title"])
    if own.date.earliest < 0 and str(found["from"]).startswith(("-", "0000")):
        # It counts the colon behind a year before 1 to the title.
        title = title.removeprefix(": ")
    assert _plain(title) == _plain(one_line(own.title))
    assert [found["percent"], found["completed"]] == [None, None]
    assert found["tags"] == [tag for tag in own.tags if re.fullmatch(r"(?!\d+\Z)\w+", tag, re.ASCII)]
    properties = found["properties"]
    assert isinstance(properties, dict)
    assert properties.get("kind", "") == visible(own.kind)
    assert properties.get("outcome", "") == visible(own.outcome)
    text = str(found["text"])
    assert _plain(text).startswith(_plain(visible(own.text)))
    if own.date.earliest > 0 and "T" not in own.date.text and not own.date.text.startswith(".."):
        year, month, day = to_civil(own.date.earliest)
        assert str(found["from"]).startswith(f"{year:04}-{month:02}-{day:02}")


def _plain(text: str) -> str:
    """A text without what is added to it, and without blanks."""
    return re.sub(r"[\s\\]", "", text)
