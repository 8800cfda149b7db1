"""The timelines that come with the program are sound, short and sourced."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.support.screens import TODAY
from timeline_tui.cli.main import main
from timeline_tui.cli.table import EXAMPLES
from timeline_tui.loading.bundled import example_timeline
from timeline_tui.loading.opened import open_timeline

EACH = pytest.mark.parametrize("name", EXAMPLES)


@EACH
def test_an_example_has_no_problem_and_fewer_than_sixty_events(name: str) -> None:
    opened = open_timeline(example_timeline(name), today=TODAY)
    assert opened.problems == ()
    assert 8 < opened.index.total < 60


@EACH
def test_every_event_of_an_example_has_a_source_with_an_address_and_a_date(name: str) -> None:
    opened = open_timeline(example_timeline(name), today=TODAY)
    index = opened.index
    for key in range(index.total):
        event = index.event(key)
        assert event.sources, event.id
        for citation in event.sources:
            source = index.header.sources[citation.id]
            assert source.date is not None
            assert urlsplit(source.url).hostname


@EACH
def test_an_example_is_opened_by_its_name(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--example", name]) == 0
    assert " events" in capsys.readouterr().out


def test_an_example_and_a_file_are_two_things(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--example", "docket", "story.yaml"]) == 2
    assert "leave out FILE" in capsys.readouterr().err


def test_there_is_a_name_for_every_example() -> None:
    folder = example_timeline("docket").parent
    assert sorted(path.stem for path in folder.glob("*.yaml")) == sorted(EXAMPLES)
