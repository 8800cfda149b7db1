"""The rows of the timeline: whole titles, a taller row under the cursor, signs and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.screens import BUNDLED, main_screen, screen_text, selected_title, timeline_app

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import App

LONG = "This title goes on and on about what was said, by whom, to whom and when, until it needs a third line"
NAMES = [LONG if number % 3 == 1 else f"Short title {number}" for number in range(40)]


@pytest.fixture
def long_titles(tmp_path: Path) -> Path:
    path = tmp_path / "long.yaml"
    events = (
        f"  - date: 2024-03-{number // 2 + 1:02}\n    title: {title} {number:02}\n    status: disputed\n"
        for number, title in enumerate(NAMES)
    )
    path.write_text("title: x\nevents:\n" + "".join(events), encoding="utf-8")
    return path


def list_lines(app: App[None]) -> list[str]:
    """The lines of the timeline without its border."""
    region = main_screen(app).timeline.region
    lines = screen_text(app).splitlines()[region.y + 1 : region.bottom]
    return [line[region.x : region.right] for line in lines]


def joined(lines: list[str]) -> str:
    return " ".join(" ".join(lines).replace("▌", " ").split())


async def test_a_long_title_wraps_on_the_selected_row_only(long_titles: Path) -> None:
    app = timeline_app(long_titles)
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.press("g")
        for number in range(40):
            await pilot.pause()
            lines = list_lines(app)
            own = [line for line in lines if line.startswith("▌")]
            assert f"{NAMES[number]} {number:02}" in joined(own)
            assert len(own) == (1 if number % 3 != 1 else 3)
            assert sum("◇" in line for line in own) == 1
            others = [line for line in lines if not line.startswith("▌") and "◇" in line]
            assert all("on and on" not in line or "…" in line for line in others)
            await pilot.press("j")


@pytest.mark.parametrize("keys", ["jjjj", "Gkkk", "jjjjkk"])
async def test_a_click_below_a_taller_row_selects_what_is_under_the_pointer(
    long_titles: Path, keys: str
) -> None:
    app = timeline_app(long_titles)
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.press("g", *keys)
        await pilot.pause()
        pane = main_screen(app).timeline
        for height in (5, 8, 2, 7, 4):
            line = list_lines(app)[height]
            if "◇" not in line:
                continue
            await pilot.click(type(pane), offset=(30, height + 1))
            await pilot.pause()
            words = line.split("◇")[1].split("…")[0].split()
            assert selected_title(app).split()[: len(words) - 1] == words[:-1]


async def test_the_range_in_sight_counts_only_whole_rows(long_titles: Path) -> None:
    app = timeline_app(long_titles)
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.press("g")
        for _ in range(39):
            await pilot.press("j")
            await pilot.pause()
            shown = [line.split("◇")[0] for line in list_lines(app) if "◇" in line]
            screen = main_screen(app)
            first, last = screen.timeline.visible_range
            assert first <= screen.state.view.position_of(screen.selected) <= last
            assert 0 <= len(shown) - (last - first + 1) <= 1


async def test_pages_down_and_up_meet_every_row(long_titles: Path) -> None:
    app = timeline_app(long_titles)
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.press("g")
        seen: set[str] = set()
        for _ in range(12):
            await pilot.pause()
            seen |= {line.split("◇")[1][:5] for line in list_lines(app) if "◇" in line}
            await pilot.press("pagedown")
        assert selected_title(app).endswith("39")
        for _ in range(12):
            await pilot.press("pageup")
        assert selected_title(app).endswith("00")


async def test_z_shows_whole_titles_for_all_rows() -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=(60, 40)) as pilot:
        assert any("…" in line for line in list_lines(app))
        await pilot.press("z")
        for _ in range(8):
            await pilot.pause()
            lines = list_lines(app)
            first = [line for line in lines if any(sign in line for sign in "●◇◐")]
            assert not any(line.rstrip(" 0123456789qc+~").endswith("…") for line in first)
            await pilot.press("pagedown")


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (180, 50)])
async def test_the_word_for_the_status_stands_on_the_selected_row_only(size: tuple[int, int]) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=size) as pilot:
        await pilot.press("g")
        await pilot.pause()
        lines = list_lines(app)
        assert ["happened" in line for line in lines if line.startswith("▌")] == [True]
        assert not any("disputed" in line or "happened" in line for line in lines if not line.startswith("▌"))


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 36), (150, 40), (180, 50), (240, 60)])
async def test_actors_timeline_and_event_are_all_in_sight(size: tuple[int, int]) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        text = screen_text(app)
        assert " Actors " in text
        assert " Timeline " in text
        assert "Russian forces enter Ukraine" in text
        assert "Russia " in text
        assert main_screen(app).query_one("EventPane").region.height >= 6


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 30)])
async def test_the_actors_widen_over_the_timeline_and_nothing_moves(size: tuple[int, int]) -> None:
    app = timeline_app(BUNDLED)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        before = screen_text(app).splitlines()
        await pilot.press("a")
        await pilot.pause()
        after = screen_text(app).splitlines()
        assert "North Korean troops" in "\n".join(after)
        assert [line[42:] for line in before[5:-1]] == [line[42:] for line in after[5:-1]]
        await pilot.press("escape")
        await pilot.pause()
        assert screen_text(app).splitlines()[:-1] == before[:-1]
