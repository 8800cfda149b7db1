"""What is shown is written to a file from the command line of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.screens import WIDE, screen_text, shows, timeline_app, type_text, until
from timeline_tui.tui.screens.dialogs import ChoiceDialog

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


async def command(pilot: Pilot[None], text: str) -> None:
    await type_text(pilot, f":{text}")
    await pilot.press("enter")


async def test_the_events_that_are_shown_are_written_in_the_format_of_the_ending(tmp_path: Path) -> None:
    app = timeline_app(query="kind:vote")
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await command(pilot, "export votes.csv")
        await shows(pilot, "Wrote 1 event to votes.csv")
    written = (tmp_path / "votes.csv").read_text(encoding="utf-8")
    assert "The council votes" in written
    assert "gives way" not in written


async def test_the_picture_that_is_shown_is_drawn(tmp_path: Path) -> None:
    app = timeline_app()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await command(pilot, "calendar months")
        await command(pilot, "export calendar.svg")
        await shows(pilot, "Wrote 7 events to calendar.svg")
    drawn = (tmp_path / "calendar.svg").read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert "gives way" not in drawn


async def test_a_file_is_overwritten_only_after_a_question(tmp_path: Path) -> None:
    path = tmp_path / "story.md"
    path.write_text("mine", encoding="utf-8")
    app = timeline_app()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await command(pilot, "export story.md")
        await shows(pilot, "Overwrite story.md")
        await pilot.press("escape")
        await pilot.pause()
        assert path.read_text(encoding="utf-8") == "mine"
        await command(pilot, "export story.md")
        await until(pilot, lambda: isinstance(app.screen, ChoiceDialog))
        await pilot.press("enter")
        await shows(pilot, "Wrote 7 events to story.md")
    assert "The council votes" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("export", "Type the name of the file"),
        ("export story.xyz", "story.xyz names no format."),
        ("export sub.html", "sub.html is a folder."),
        ("export none/story.html", "cannot be written"),
    ],
)
async def test_a_name_that_cannot_be_written_is_refused_with_the_reason(
    typed: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "sub.html").mkdir()
    app = timeline_app()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await command(pilot, typed)
        await until(pilot, lambda: said in " ".join(screen_text(app).split()) or said in _notices(app))


def _notices(app: object) -> str:
    return " ".join(notice.message for notice in app._notifications)  # type: ignore[attr-defined]
