"""What each part may load, seen in a clean interpreter, where deferred imports show as well."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

import timeline_tui
from tests.support.loaded_modules import loaded_by
from tests.support.screens import HARBOUR

PACKAGE = Path(timeline_tui.__file__).parent
OUTSIDE = sorted(
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    for path in PACKAGE.rglob("*.py")
    if "tui" not in path.relative_to(PACKAGE).parts and path.stem != "__main__"
)


def test_nothing_outside_the_screen_loads_textual_or_rich() -> None:
    loaded = loaded_by(";".join(f"import {name}" for name in OUTSIDE))
    assert "msgspec" in loaded
    assert not loaded & {"textual", "rich"}


@pytest.mark.parametrize(
    "words",
    [["check", str(HARBOUR)], ["list", str(HARBOUR)], ["schema"], [str(HARBOUR)]],
    ids=lambda words: words[0],
)
def test_plain_commands_never_load_textual(words: list[str]) -> None:
    assert not loaded_by(f"from timeline_tui.cli.main import main; main({words!r})") & {"textual", "rich"}


def test_help_loads_next_to_nothing() -> None:
    statement = "from timeline_tui.cli.main import main\ntry: main(['--help'])\nexcept SystemExit: pass"
    assert not loaded_by(statement) & {"textual", "rich", "yaml", "sqlite3", "msgspec"}


ONLY_FOR_OTHERS = {
    "timeline_tui.dates.informal",
    "timeline_tui.dates.lenient",
    "timeline_tui.exchange.native.yaml",
    "timeline_tui.exchange.registry",
    "timeline_tui.mapping.columns",
    "tomllib",
}
"""Modules that read other formats; loading them would take a tenth of the time to the first frame."""


def test_a_file_in_our_format_is_opened_and_shown_without_what_reads_other_formats() -> None:
    loaded = loaded_by(
        "from pathlib import Path; import timeline_tui.tui.app;"
        "from timeline_tui.loading.opened import open_timeline;"
        f"open_timeline(Path({str(HARBOUR)!r}), today=20000)"
    )
    assert "timeline_tui.loading.build_index" in loaded
    assert not loaded & ONLY_FOR_OTHERS


def test_the_process_of_the_screen_does_not_load_what_reads_a_file() -> None:
    loaded = loaded_by("import timeline_tui.tui.app, timeline_tui.loading.opened, timeline_tui.timeline.view")
    assert not loaded & {"yaml", "timeline_tui.reading.reader", "timeline_tui.loading.build_index"}


@pytest.mark.parametrize(
    ("module", "unknown"),
    [
        ("reading.reader", {"sqlite3", "argparse"}),
        ("checking.references", {"sqlite3", "argparse"}),
        ("index.index", {"yaml", "argparse"}),
        ("timeline.view", {"yaml", "argparse"}),
        ("query.language", {"yaml", "sqlite3", "msgspec"}),
        ("dates.date", {"yaml", "sqlite3", "msgspec"}),
    ],
)
def test_a_room_does_not_know_its_neighbours_trade(module: str, unknown: set[str]) -> None:
    assert not loaded_by(f"import timeline_tui.{module}") & unknown


FACES = {
    "": ("open_timeline",),
    ".exchange": ("FORMATS", "read", "write"),
    ".editing": ("add_event", "formatted"),
    ".timeline": ("TimelineView", "View"),
    ".index": ("Index",),
    ".query": ("Query", "parse_query"),
    ".dates": ("Date", "parse_date"),
    ".model": ("Event", "Header", "Problem"),
    ".reading": ("read_text", "read_timeline"),
    ".pages": ("Page", "printed_page"),
    ".checking": ("check",),
    ".loading": ("Loading", "Opened", "open_timeline"),
    ".web": ("is_served", "serve"),
}


@pytest.mark.parametrize("package", FACES)
def test_a_package_offers_its_face_and_nothing_else(package: str) -> None:
    module = import_module(f"timeline_tui{package}")
    assert tuple(sorted(module.__all__)) == FACES[package]
    assert all(getattr(module, name) is not None for name in module.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        module.nothing  # noqa: B018  asked for only


def test_a_package_loads_nothing_of_its_face_before_it_is_asked_for() -> None:
    statement = ";".join(f"import timeline_tui{package}" for package in FACES)
    assert not loaded_by(statement) & {"msgspec", "sqlite3", "yaml", "textual", "rich"}
