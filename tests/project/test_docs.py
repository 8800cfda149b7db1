"""The documents name what there is."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.support import command_reference, format_list
from timeline_tui.cli import table
from timeline_tui.cli.parser import parser_for
from timeline_tui.model.fields import fields_of
from timeline_tui.model.records import Actor, Claim, Event, Header, Quote, Record, Source, Topic, Wording
from timeline_tui.query.language import FIELDS, HAS, IS_VALUES
from timeline_tui.storage.settings import SETTINGS, checked_keys, parse_settings
from timeline_tui.tui.app import TimelineApp
from timeline_tui.tui.keys import COMMANDS, Command, Pane, commands, default_keys
from timeline_tui.tui.screens.main import MainScreen
from timeline_tui.tui.screens.present import PresentScreen
from timeline_tui.tui.widgets.actors import ActorSidebar
from timeline_tui.tui.widgets.event import EventPane
from timeline_tui.tui.widgets.lanes import LanesPane
from timeline_tui.tui.widgets.page import PagePane
from timeline_tui.tui.widgets.row_list import RowList
from timeline_tui.tui.widgets.timeline import TimelinePane

ROOT = Path(__file__).parents[2]


def document(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


README = document("README.md")
TUTORIAL = document("docs/tutorial.md")
FORMAT = document("docs/format.md")
KEYS = document("docs/keys.md")
SEARCH = document("docs/search.md")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_page_of_keys_names_every_key(command: Command) -> None:
    for key in command.called.split():
        assert f"`{key}`" in KEYS


def test_the_page_of_commands_says_every_option_and_exit_code() -> None:
    text = command_reference.FILE.read_text(encoding="utf-8")
    assert text == command_reference.updated(text), "run: python -m tests.support.command_reference"


def test_a_command_line_in_a_document_is_one_that_the_program_takes() -> None:
    text = README + document("docs/commands.md")
    lines = [line.partition(" | ")[0] for line in re.findall(r"(?m)^    timeline-tui(.*)$", text)]
    assert len(lines) > 8
    for line in lines:
        words = shlex.split(line.partition(" >")[0], comments=True)
        name = words.pop(0) if words and words[0] in table.COMMANDS else ""
        parser_for(name).parse_args(words)


def test_the_man_page_is_made_of_the_table_of_commands() -> None:
    text = command_reference.MAN_PAGE.read_text(encoding="utf-8")
    assert text == command_reference.man_page(), "run: python -m tests.support.command_reference"


@pytest.mark.parametrize("name", table.COMMANDS)
def test_the_help_of_every_command_has_an_example_that_its_parser_takes(name: str) -> None:
    example = table.COMMANDS[name].example
    program, *words = shlex.split(example.partition(" >")[0])
    assert program == "timeline-tui"
    assert (words.pop(0) if name else "") == name
    parser_for(name).parse_args(words)
    assert f"example:\n  {example}" in parser_for(name).format_help()


@pytest.mark.parametrize("field", FIELDS)
def test_the_page_of_search_names_every_field(field: str) -> None:
    assert FIELDS[field].example in SEARCH


def test_the_page_of_search_names_every_value_of_has_and_is() -> None:
    for value in HAS:
        assert re.search(rf"`(has:)?{value}`", SEARCH), value
    for value, meaning in IS_VALUES.items():
        assert f"| `is:{value}` | {meaning} |" in SEARCH, value


@pytest.mark.parametrize("record", [Header, Source, Actor, Topic, Event, Quote, Wording, Claim])
def test_the_readme_and_the_format_name_every_key_of_a_record(record: type[Record]) -> None:
    for field in fields_of(record):
        assert f"`{field.key}`" in FORMAT, field.key
        # What version 1.1 added is in the format alone, and the tutorial points to it.
        if not field.since and field.key != "format":
            assert re.search(rf"\b{field.key}\b", TUTORIAL), field.key


HEARS = {
    Pane.SCREEN: MainScreen,
    Pane.LIST: RowList,
    Pane.TIMELINE: TimelinePane,
    Pane.PICTURE: LanesPane,
    Pane.ACTORS: ActorSidebar,
    Pane.EVENT: EventPane,
    Pane.PAGE: PagePane,
    Pane.PRESENT: PresentScreen,
}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_key_is_heard_where_it_is_declared(command: Command) -> None:
    place, _, action = command.action.rpartition(".")
    hearer = {"app": TimelineApp, "screen": MainScreen}.get(place, HEARS[command.pane])
    assert hasattr(hearer, f"action_{action}")


def test_no_two_commands_have_one_name() -> None:
    names = [command.name for command in COMMANDS]
    assert sorted(set(names)) == sorted(names)


def test_no_key_means_two_things_in_one_pane() -> None:
    keys = [(pane, key) for pane in Pane for command in commands(pane) for key in command.key_names]
    assert len(keys) == len(set(keys))


def test_the_page_of_settings_names_every_setting_and_its_example_is_right() -> None:
    page = document("docs/settings.md")
    assert [setting.name for setting in SETTINGS if f"\n| `{setting.name}` | " not in page] == []
    example = page.partition("```toml\n")[2].partition("```")[0]
    settings = checked_keys(parse_settings(example.encode()), default_keys())
    assert settings.given
    assert settings.keys
    assert settings.problems == ()


def test_the_documents_have_every_format() -> None:
    formats = document("docs/formats.md")
    assert format_list.with_list(formats, format_list.table()) == formats
    assert format_list.with_list(README, format_list.sentence()) == README
