"""The README names what there is."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from timeline_tui.cli import main as cli
from timeline_tui.model.records import Actor, Claim, Event, Header, Quote, Record, Source, Topic, Wording
from timeline_tui.query.language import FIELDS
from timeline_tui.tui.app import TimelineApp
from timeline_tui.tui.keys import COMMANDS, Command, Pane, commands
from timeline_tui.tui.screens.main import MainScreen
from timeline_tui.tui.widgets.actors import ActorSidebar
from timeline_tui.tui.widgets.page import PagePane
from timeline_tui.tui.widgets.quote import QuoteView
from timeline_tui.tui.widgets.row_list import RowList
from timeline_tui.tui.widgets.timeline import TimelinePane

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FORMAT = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.action)
def test_the_readme_names_every_key(command: Command) -> None:
    for key in command.shown.split():
        assert f"`{key}`" in README


@pytest.mark.parametrize("command", sorted(cli.COMMANDS))
def test_the_readme_names_every_command(command: str) -> None:
    assert re.search(rf"timeline-tui {command}\b", README)


@pytest.mark.parametrize(
    "option",
    ["--filter", "--goto", "--known-on", "--days-from", "--show", "--strict", "--format", "--version"],
)
def test_the_readme_names_every_option(option: str) -> None:
    assert option in README


@pytest.mark.parametrize("field", FIELDS)
def test_the_readme_names_every_field_of_the_search_language(field: str) -> None:
    assert FIELDS[field].example in README


@pytest.mark.parametrize("record", [Header, Source, Actor, Topic, Event, Quote, Wording, Claim])
def test_the_readme_and_the_format_name_every_key_of_a_record(record: type[Record]) -> None:
    base = {field.name for field in msgspec.structs.fields(Record)}
    for field in msgspec.structs.fields(record):
        if field.name not in base:
            assert re.search(rf"\b{field.name}\b", README), field.name
            assert f"`{field.name}`" in FORMAT, field.name


HEARS = {
    Pane.SCREEN: MainScreen,
    Pane.LIST: RowList,
    Pane.TIMELINE: TimelinePane,
    Pane.ACTORS: ActorSidebar,
    Pane.QUOTE: QuoteView,
    Pane.PAGE: PagePane,
}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: f"{command.pane} {command.action}")
def test_every_key_is_heard_where_it_is_declared(command: Command) -> None:
    place, _, action = command.action.rpartition(".")
    hearer = {"app": TimelineApp, "screen": MainScreen}.get(place, HEARS[command.pane])
    assert hasattr(hearer, f"action_{action}")


def test_no_key_means_two_things_in_one_pane() -> None:
    keys = [(pane, key) for pane in Pane for command in commands(pane) for key in command.keys.split(",")]
    assert len(keys) == len(set(keys))
