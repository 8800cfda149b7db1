"""The HTML page in a browser: its filter, its clock, its stories and its keys."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.support.browser import CHROMIUM, browser
from tests.support.report_views import bundled, bundled_page, hostile
from timeline_tui.answers.newly_known import CLOCK_KINDS
from timeline_tui.drawing.lines import count_of
from timeline_tui.exchange.html.page import write
from timeline_tui.pictures.date_bars import MAYBE, SURE
from timeline_tui.pictures.lane_groups import Lanes
from timeline_tui.pictures.map_places import MapPlaces
from timeline_tui.pictures.printed import Stage, whole_picture

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.support.browser import Page

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here"),
    pytest.mark.asyncio(loop_scope="module"),
]

LOADED = """document.readyState === "complete" || new Promise(done => addEventListener("load", done))"""
SHOWN = """[...document.querySelectorAll("main article")]
    .filter(each => each.checkVisibility()).map(each => each.id)"""
PLACE = """[...document.querySelectorAll("dialog .place")]
    .find(each => each.checkVisibility())?.textContent"""
HIDDEN_STEPS = """[...document.querySelectorAll(".story .steps > li")].filter(each => each.hidden).length"""
LINKS = """(within) => [...document.querySelectorAll(`${within} a`)].map(each => each.hash.slice(1))"""
SET_STEP = """(step) => {
    const slider = document.getElementById("page_day");
    slider.value = step;
    slider.dispatchEvent(new Event("input"));
}"""
DRAWN = """(name) => [...document.querySelectorAll(`[data-${name}] svg > g:last-of-type > .m`)].map(text =>
    [(text.getAttribute("y") - 13.5) / 18, (text.getAttribute("x") - 4.5) / 9, text.textContent])"""
TOLD = """(name) => document.querySelector(`[data-${name}] desc`).textContent.split("\\n")"""
CHOOSE = """(name, text) => {
    const box = document.getElementById(`page_${name}`);
    box.value = [...box.options].find(option => option.text.startsWith(text)).value;
    box.dispatchEvent(new Event("change"));
}"""
CODES = {"ArrowRight": 39, "ArrowLeft": 37, "Escape": 27, "Tab": 9, "End": 35, "Home": 36}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def window(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Page]:
    """One browser for all tests of this module; each loads its page anew."""
    async with browser(tmp_path_factory.mktemp("profile")) as page:
        yield page


@asynccontextmanager
async def opened(window: Page, folder: Path, text: str = "", address: str = "") -> AsyncIterator[Page]:
    """A page, by default of the bundled story, loaded; it asks for nothing and reports no error."""
    file = folder / "page.html"
    file.write_text(text or bundled_page(), encoding="utf-8")
    window.faults.clear()
    window.asked.clear()
    await window.call("Page.navigate", url=f"{file.as_uri()}{address}")
    await window.run(LOADED)
    yield window
    assert window.faults == []
    assert window.dialogs == []
    assert {asked.partition("?")[0] for asked in window.asked} <= {file.as_uri()}


async def press(page: Page, key: str) -> None:
    code = {"windowsVirtualKeyCode": CODES[key]} if key in CODES else {"text": key}
    await page.call("Input.dispatchKeyEvent", type="keyDown", key=key, code=key, **code)
    await page.call("Input.dispatchKeyEvent", type="keyUp", key=key, code=key, **code)


async def test_the_filter_shows_the_events_of_an_actor_a_kind_and_a_status(
    window: Page, tmp_path: Path
) -> None:
    async with opened(window, tmp_path) as page:
        everything = await page.run(SHOWN)
        await page.run(f"({CHOOSE})('actor', 'Choe Son-hui')")
        of_choe = await page.run(SHOWN)
        await page.run(f"({CHOOSE})('kind', 'meeting')")
        of_choe_meeting = await page.run(SHOWN)
        told = await page.run("document.getElementById('page_found').textContent")
        await page.run("document.getElementById('page_clear').click()")
        await page.run(f"({CHOOSE})('status', 'disputed')")
        disputed = await page.run(SHOWN)
        await page.run("document.getElementById('page_clear').click()")
        assert await page.run(SHOWN) == everything
    view, shown = bundled(), bundled("actor:choe-son-hui")
    assert of_choe == [view.event(key).id for key in shown.keys]
    assert "choe-lavrov-talks" in of_choe_meeting
    assert set(of_choe_meeting) < set(of_choe)
    assert told == f"{len(of_choe_meeting)} of {view.count} events"
    assert disputed == [view.event(key).id for key in bundled("status:disputed").keys]


async def test_the_clock_shows_what_was_known_and_lists_what_is_new(window: Page, tmp_path: Path) -> None:
    async with opened(window, tmp_path) as page:
        step = await page.run("days.findIndex(([words]) => words === '1 November 2024')")
        await page.run(f"({SET_STEP})({step})")
        shown = await page.run(SHOWN)
        text = await page.run("document.body.innerText")
        news = await page.run(f"({LINKS})('#page_news')")
        said = await page.run("document.getElementById('page_day').getAttribute('aria-valuetext')")
        await page.run("document.getElementById('page_after').click()")
        after = await page.run("document.getElementById('page_when').textContent")
    then = bundled(known="2024-11-01")
    assert set(shown) == {then.event(key).id for key in then.keys}
    assert "choe-lavrov-talks" in news
    assert set(news) <= set(shown)
    assert said == "1 November 2024"
    assert after not in ("1 November 2024", "all that is known")
    assert "2025" not in text.replace("2025-", "")


async def test_the_keyboard_reaches_the_clock_and_moves_it(window: Page, tmp_path: Path) -> None:
    async with opened(window, tmp_path) as page:
        reached = []
        for _ in range(200):
            await press(page, "Tab")
            reached.append(await page.run("document.activeElement.id || document.activeElement.className"))
            if reached[-1] == "page_day":
                break
        await press(page, "ArrowLeft")
        when = await page.run("document.getElementById('page_when').textContent")
        last = await page.run("days.at(-1)[0]")
    assert reached[0] == "skip"
    assert {"page_sought", "page_actor", "page_kind", "page_status", "page_day"} <= set(reached)
    assert when == last


async def test_a_story_is_shown_step_by_step_and_given_back(window: Page, tmp_path: Path) -> None:
    async with opened(window, tmp_path) as page:
        total = len(next(iter(bundled().header.stories.values())).steps)
        await page.run("document.querySelector('.story > button').focus()")
        await page.run("document.querySelector('.story > button').click()")
        assert await page.run(PLACE) == f"1 of {total}"
        await press(page, "ArrowRight")
        await press(page, "n")
        assert await page.run(PLACE) == f"3 of {total}"
        await press(page, "b")
        assert await page.run(PLACE) == f"2 of {total}"
        await press(page, "End")
        assert await page.run(PLACE) == f"{total} of {total}"
        await press(page, "Escape")
        assert await page.run("document.querySelector('dialog')") is None
        assert await page.run(HIDDEN_STEPS) == 0
        assert await page.run("document.activeElement.textContent") == "Step by step"


async def test_a_printed_page_shows_the_whole_page_though_a_story_was_open(
    window: Page, tmp_path: Path
) -> None:
    async with opened(window, tmp_path) as page:
        await page.run("document.querySelector('.story > button').click()")
        await page.run("dispatchEvent(new Event('beforeprint'))")
        assert await page.run("document.querySelector('dialog')") is None
        assert await page.run(HIDDEN_STEPS) == 0


def lanes_on(day: int, names: list[str]) -> set[tuple[str, int, str]]:
    """What the program draws in some lanes as known on a day, on the axis of all events: lane, cell, sign."""
    view = bundled()
    lines = whole_picture(view.known_by(day), "lanes", "", 96, None, Stage(view)).lines[1:]
    found = ((line.text[1:25].strip(), cell, sign) for line in lines for cell, sign in enumerate(line.text))
    return {
        (name, cell, sign)
        for name, cell, sign in found
        if name in names and cell >= 29 and sign not in {" ", SURE, MAYBE}
    }


async def test_the_pictures_are_those_of_the_day_of_the_clock(window: Page, tmp_path: Path) -> None:
    view = bundled()
    names = [lane.name for lane in Lanes(view, "actor").lanes[:8]]
    days = [day for day in view.disclosure_days(CLOCK_KINDS) if day <= view.as_of]
    async with opened(window, tmp_path) as page:
        for step in (5, 40, 75, len(days) - 1):
            await page.run(f"({SET_STEP})({step})")
            lanes = await page.run(f"({DRAWN})('lanes')")
            places = await page.run(f"({TOLD})('map')")
            then = view.known_by(days[step])
            assert {(names[row - 1], cell, sign) for row, cell, sign in lanes} == lanes_on(days[step], names)
            spots = MapPlaces(then).spots
            assert sorted(places) == sorted(
                f"{spot.name}: {count_of(spot.events, 'event')}" for spot in spots
            )


async def test_the_pictures_are_those_of_the_filter_until_everything_is_shown_again(
    window: Page, tmp_path: Path
) -> None:
    drawings = "[...document.querySelectorAll('.picture')].map(each => each.outerHTML)"
    async with opened(window, tmp_path) as page:
        whole = await page.run(drawings)
        await page.run(f"({CHOOSE})('actor', 'Choe Son-hui')")
        lanes = await page.run(f"({TOLD})('lanes')")
        caption = await page.run("document.querySelector('[data-lanes] figcaption').textContent")
        await page.run("document.getElementById('page_clear').click()")
        again = await page.run(drawings)
    shown, all_lanes = bundled("actor:choe-son-hui"), Lanes(bundled(), "actor").lanes[:8]
    counts = {lane.name: len({*lane.keys} & {*shown.keys}) for lane in all_lanes}
    assert lanes == [f"{name}: {count_of(count, 'event')}" for name, count in counts.items() if count]
    assert caption.endswith(f" · {shown.count} events")
    assert again == whole


async def test_a_picture_is_made_larger_within_its_frame(window: Page, tmp_path: Path) -> None:
    async with opened(window, tmp_path) as page:
        width = "document.querySelector('.zoom svg').clientWidth"
        before = await page.run(width)
        await page.run("document.querySelector('.zooms button').click()")
        after = await page.run(width)
        outer = await page.run("document.documentElement.scrollWidth <= innerWidth")
    assert after == pytest.approx(before * 1.5, abs=2)
    assert outer


async def test_a_link_to_what_is_filtered_out_shows_it(window: Page, tmp_path: Path) -> None:
    async with opened(window, tmp_path) as page:
        await page.run("""(() => {
            const box = document.getElementById("page_sought");
            box.value = "no such words anywhere";
            box.dispatchEvent(new Event("input"));
            location.hash = "choe-lavrov-talks";
        })()""")
        await page.run("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        shown = await page.run("document.getElementById('choe-lavrov-talks').checkVisibility()")
    assert shown


async def test_a_source_says_what_cites_it_and_a_link_is_shown_at_both_events(
    window: Page, tmp_path: Path
) -> None:
    async with opened(window, tmp_path) as page:
        citing = await page.run(f"({LINKS})('#s_1 .back')")
        back = await page.run("document.getElementById('invasion').innerText")
    assert citing == ["invasion"]
    assert "← responds to: North Korea blames the United States for the war" in back


async def test_a_page_as_known_on_a_day_has_a_clock_up_to_that_day(window: Page, tmp_path: Path) -> None:
    async with opened(window, tmp_path, bundled_page("", "2024-10-20")) as page:
        last = await page.run("days.at(-1)[0]")
        shown = await page.run(SHOWN)
    then = bundled(known="2024-10-20")
    assert last.endswith("October 2024")
    assert set(shown) == {then.event(key).id for key in then.keys}


async def test_the_filter_finds_events_by_other_spellings_of_names(window: Page, tmp_path: Path) -> None:
    async with opened(window, tmp_path, address="?q=%D0%A6%D0%BE%D0%B9%20%D0%A1%D0%BE%D0%BD") as page:
        shown = await page.run(SHOWN)
        told = await page.run("document.getElementById('page_found').textContent")
        is_hidden = await page.run("document.getElementById('page_filter').hidden")
    assert 0 < len(shown) < bundled().count
    assert told == f"{len(shown)} of {bundled().count} events"
    assert not is_hidden


async def test_a_hostile_story_runs_nothing(window: Page, tmp_path: Path) -> None:
    async with opened(window, tmp_path, write(hostile()).text) as page:
        title = await page.run("document.title")
        images = await page.run("document.images.length")
        is_hidden = await page.run("document.getElementById('page_filter').hidden")
    assert title.startswith("</script>")
    assert images == 0
    assert not is_hidden
