from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.screens import BUNDLED, TODAY
from tests.support.stories import event, quote, story
from timeline_tui.dates.date import parse_date
from timeline_tui.drawing.lines import Span, Target
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.records import Actor, Citation, Header, Source, Wording
from timeline_tui.pages.wordings import all_wordings, wordings_page
from timeline_tui.text.cells import cells
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from timeline_tui.model.records import Quote
    from timeline_tui.pages.page import Page

HEADER = Header(
    title="Words",
    actors={"choe": Actor(name="Choe Son-hui")},
    sources={
        "afp": Source(title="A wire", publisher="AFP", kind="wire", date=parse_date("2024-11-01")),
        "post": Source(title="A copy", publisher="Post", derived_from=("afp",)),
        "tass": Source(title="Another wire", publisher="TASS", date=parse_date("2024-11-02")),
    },
)
PLEDGE = quote(
    "choe",
    "We stand until Victory Day",
    language="en",
    sources=(Citation("afp"), Citation("post")),
    wordings=(
        Wording(text="We stand until victory", language="en", sources=(Citation("tass"),), note="No day."),
        Wording(text="Wir stehen bis zum Sieg", language="de"),
    ),
)


def view_of(*quotes: Quote) -> View:
    return story(event("2024-11-01", "Talks", quotes=quotes), header=HEADER)


def page_of(said: Quote, width: int = 80) -> Page:
    return wordings_page(view_of(said), 0, 0, width)


def text_of(page: Page) -> list[str]:
    return [line.text.rstrip() for line in page.lines]


def test_versions_stand_beside_the_outlets_that_print_them() -> None:
    page = page_of(PLEDGE)
    assert page.title == "How each outlet prints it: Choe Son-hui, 1 November 2024"
    assert text_of(page) == [
        "Talks",
        "One utterance in 3 versions: 2 languages, 2 outlets.",
        "▸words◂ differ from the first version in that language; ▸…◂ marks words left",
        "out.",
        "",
        "English · 2 versions",
        "Where they differ:",
        "  “until Victory Day”  AFP",
        "  “until victory”      TASS",
        "",
        "AFP, 1 November 2024      “We stand until Victory Day”",
        "  re-posted by Post       The quote's own text.",
        "",
        "TASS, 2 November 2024     “We stand until ▸victory◂”",
        "                          No day.",
        "",
        "German",
        "no source given           “Wir stehen bis zum Sieg”",
    ]


def test_differing_words_are_marked_by_signs_and_by_their_look() -> None:
    lines = page_of(PLEDGE).lines
    assert Span("▸victory◂", "differs") in [span for line in lines for span in line.spans]


def test_a_sign_marks_words_of_the_first_version_that_are_left_out() -> None:
    said = quote(
        "choe",
        "He did not agree to a ceasefire",
        wordings=(Wording(text="He did agree to a ceasefire"), Wording(text="agree to a ceasefire")),
    )
    lines = page_of(said).lines
    shown = [text.partition("“")[2] for text in text_of(page_of(said)) if "ceasefire" in text]
    assert shown == [
        "He did not agree to a ceasefire”",
        "He did ▸…◂ agree to a ceasefire”",
        "agree to a ceasefire”",
    ]
    assert Span("▸…◂", "differs") in [span for line in lines for span in line.spans]


def test_on_a_narrow_page_words_stand_below_the_outlets() -> None:
    lines = text_of(page_of(PLEDGE, 40))
    at = lines.index("TASS, 2 November 2024")
    assert lines[at + 1 : at + 3] == ["  “We stand until ▸victory◂”", "  No day."]


def test_the_lines_of_a_version_lead_to_the_quote_and_its_sources() -> None:
    view = view_of(quote("choe", "Something else"), PLEDGE)
    lines = wordings_page(view, 0, 1, 80).lines
    by_words = {line.text.strip(): line.targets for line in lines}
    assert by_words["No day."] == (Target(0, 1, ("tass",)),)
    assert by_words["re-posted by Post       The quote's own text."] == (Target(0, 1, ("afp", "post")),)


def test_a_paraphrase_has_no_quotation_marks() -> None:
    said = quote(
        "choe",
        "vowed to stand until victory",
        kind="paraphrase",
        wordings=(
            Wording(text="promised to stand till victory"),
            Wording(text="pledged to stand up to victory"),
        ),
    )
    text = "\n".join(text_of(page_of(said)))
    assert "A paraphrase, not the speaker's words." in text
    assert "Where they differ:" in text
    assert "“" not in text


def test_satire_is_labelled() -> None:
    assert "Satire: nobody said this in earnest." in text_of(page_of(quote("choe", "Ha", kind="satire")))


def test_a_quote_without_wordings_is_the_only_version_known() -> None:
    lines = text_of(page_of(quote("choe", "Until victory", language="en")))
    assert "This is the only version in the file." in lines
    assert any("“Until victory”" in line for line in lines)


def test_an_event_without_quotes_says_so() -> None:
    assert "This event has no quotes." in text_of(wordings_page(view_of(), 0, 0, 80))
    assert text_of(wordings_page(story(), -1, 0, 80)) == ["Nothing is selected."]


def test_dates_are_shown_as_the_view_shows_them() -> None:
    view = view_of(PLEDGE).counted_from(parse_date("2024-11-01").earliest)
    later = view.date_in_words(parse_date("2024-11-02"))
    assert any(line.startswith(f"TASS, {later}") for line in text_of(wordings_page(view, 0, 0, 80)))


@examples(40)
@given(
    st.integers(30, 120),
    st.text(min_size=1),
    st.lists(st.text(min_size=1), min_size=1, max_size=3),
    st.text(),
)
def test_no_text_is_lost_or_too_wide(width: int, text: str, others: list[str], note: str) -> None:
    wordings = tuple(Wording(text=other, note=note) for other in others)
    for line in page_of(quote("choe", text, wordings=wordings), width).lines:
        assert cells(line.text) <= width
        assert "\n" not in line.text
        assert "\x1b" not in line.text
        assert "\u202e" not in line.text


def test_all_quotes_with_wordings_are_listed_and_no_others() -> None:
    view = view_of(PLEDGE, quote("choe", "Something else"), PLEDGE)
    lines = [line.text for line in all_wordings(view, 80)]
    assert sum(line.startswith("How each outlet prints it") for line in lines) == 2
    assert not any("Something else" in line for line in lines)
    assert [line.text for line in all_wordings(view_of(), 80)] == ["No quote here has other wordings."]


@pytest.mark.parametrize("width", [30, 59, 60, 100])
def test_the_bundled_story_fits_any_width(width: int) -> None:
    view = View(open_timeline(BUNDLED, today=TODAY).index, today=TODAY)
    assert all(cells(line.text) <= width for line in all_wordings(view, width))


def test_the_bundled_story_lists_the_endings_of_the_pledge() -> None:
    view = View(open_timeline(BUNDLED, today=TODAY).index, today=TODAY)
    key = view.key_of("choe-lavrov-talks")
    assert key is not None
    page = wordings_page(view, key, 0, 100)
    at = text_of(page).index("Where they differ:")
    assert at < 20
    endings = text_of(page)[at + 1 : at + 6]
    assert endings[0].startswith("  “until Victory Day”         [News part of the article")
    assert endings[1:] == [
        "  “until victory day”         The Moscow Times, TRT World",
        "  “until the day of victory”  The Kyiv Independent, inkl, wouldideal.com",
        "  “until the victory day”     MENAFN",
        "  “until victory”             TASS",
    ]
