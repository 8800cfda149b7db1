"""What calendars read of an export: icalendar, ical.js, libical, khal."""

from __future__ import annotations

import ctypes
import ctypes.util
from typing import TYPE_CHECKING

import icalendar
import pytest

from peers.programs import command, module, node, told
from timeline_tui.exchange import registry
from timeline_tui.text.sanitize import visible

if TYPE_CHECKING:
    from pathlib import Path

    from timeline_tui.exchange.contract import Exported
    from timeline_tui.timeline.view import View

_VEVENT = 4
"""`ICAL_VEVENT_COMPONENT` of libical's `icalenums.h`."""


@pytest.fixture
def calendar(story: View) -> Exported:
    """Each of the stories as a calendar."""
    return registry.write(story, "icalendar")


def test_icalendar_reads_every_event_without_a_fault(story: View, calendar: Exported) -> None:
    found = icalendar.Calendar.from_ical(calendar.text)
    events = found.walk("VEVENT")
    assert [each.errors for each in events if each.errors] == []
    assert len(events) == _written(story, calendar)


def test_icaljs_reads_every_event(story: View, calendar: Exported) -> None:
    module("ical.js")
    events = node("ical.mjs", calendar.text)
    assert len(events) == _written(story, calendar)
    titles = {" ".join(visible(story.event(key).title).split()) for key in story.keys}
    assert {" ".join(event["summary"].split()) for event in events} <= titles
    assert [event for event in events if event["from"] > event["to"]] == []


def test_libical_reads_every_event_without_a_fault(story: View, calendar: Exported) -> None:
    name = ctypes.util.find_library("ical")
    if name is None:
        pytest.skip("libical is not here: Debian has it as libical3")
    library = ctypes.CDLL(name)
    library.icalparser_parse_string.restype = ctypes.c_void_p
    library.icalparser_parse_string.argtypes = [ctypes.c_char_p]
    for function in (library.icalcomponent_count_errors, library.icalrestriction_check):
        function.argtypes = [ctypes.c_void_p]
    library.icalcomponent_count_components.argtypes = [ctypes.c_void_p, ctypes.c_int]
    found = library.icalparser_parse_string(calendar.text.encode())
    assert found
    assert library.icalcomponent_count_components(found, _VEVENT) == _written(story, calendar)
    assert library.icalcomponent_count_errors(found) == 0
    assert library.icalrestriction_check(found) == 1


def test_khal_takes_every_event_in(story: View, calendar: Exported, tmp_path: Path) -> None:
    khal = command("khal")
    folder, settings, file = tmp_path / "calendar", tmp_path / "khal.conf", tmp_path / "story.ics"
    folder.mkdir()
    file.write_text(calendar.text, newline="")
    settings.write_text(
        f"[calendars]\n[[story]]\npath = {folder}\n[sqlite]\npath = {tmp_path / 'khal.db'}\n"
        "[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        "local_timezone = UTC\ndefault_timezone = UTC\n"
    )
    told(khal, "-c", settings, "import", "--batch", "-a", "story", file)
    assert len(list(folder.glob("*.ics"))) == _written(story, calendar)
    shown = told(khal, "-c", settings, "list", "-a", "story", "--format", "{title}", "2024-10-01", "60d")
    recent = [event for event in map(story.event, story.keys) if event.date.text.startswith("2024-10-1")]
    assert all(" ".join(visible(event.title).split())[:20] in " ".join(shown.split()) for event in recent)


def _written(story: View, calendar: Exported) -> int:
    lost = sum(count for words, count in calendar.lost.items() if words.startswith("events "))
    return story.count - lost
