"""The HTML page: its content, its validity, and that a browser finds nothing in it to run or to fetch."""

from __future__ import annotations

import re
from base64 import b64encode
from contextlib import suppress
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.report_views import bundled, bundled_page, hostile
from tests.support.stories import event, quote, story
from tests.support.work import counted_calls
from timeline_tui.dates.date import DateError, parse_date
from timeline_tui.exchange.html.page import write
from timeline_tui.exchange.html.prose import language_attributes, link, prose
from timeline_tui.exchange.report_text import is_address
from timeline_tui.model.records import Citation, Wording
from timeline_tui.query.language import parse_query
from timeline_tui.text.sanitize import has_hidden, one_line

if TYPE_CHECKING:
    from timeline_tui.timeline.view import View

_VOID = {"meta", "input", "br", "hr", "line"}


class Page(HTMLParser):
    """A page taken apart, its tags held to be in balance."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.opened: list[str] = []
        self.feed(text)
        self.close()
        assert not self.opened

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.opened.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.opened[-1:] not in (["style"], ["script"]):
            self.texts.append(data)

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        return [found for name, found in self.tags if name == tag and wanted.items() <= found.items()]

    @property
    def text(self) -> str:
        return one_line("".join(self.texts))


def page_of(view: View) -> Page:
    return Page(write(view).text)


@pytest.fixture(scope="module")
def page() -> Page:
    """The page of the bundled story."""
    return Page(bundled_page())


def test_every_link_inside_the_page_has_a_target_and_no_id_is_repeated(page: Page) -> None:
    names = [found["id"] for _, found in page.tags if "id" in found]
    assert len(names) == len(set(names))
    inner = {str(found["href"])[1:] for found in page.all("a") if str(found["href"]).startswith("#")}
    assert inner <= set(names)
    assert {"choe-lavrov-talks", "wood-8000", "q_1"} <= inner


def test_every_event_of_the_view_is_on_the_page_once_under_its_id() -> None:
    view = bundled("kind:vote")
    articles = page_of(view).all("article")
    assert [found["id"] for found in articles if "id" in found] == [view.event(key).id for key in view.keys]


def test_external_links_are_web_addresses_and_send_no_referrer(page: Page) -> None:
    outside = [found for found in page.all("a") if not str(found["href"]).startswith("#")]
    assert len(outside) > 100
    assert all(str(found["href"]).startswith(("http://", "https://")) for found in outside)
    assert not any("target" in found for found in outside)
    assert page.all("meta", name="referrer", content="no-referrer")


def test_heading_levels_never_skip_one(page: Page) -> None:
    for each in (page, page_of(story(event("1990", "One"), event("1991", "Two")))):
        levels = [int(tag[1]) for tag, _ in each.tags if re.fullmatch("h[1-6]", tag)]
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_policy_allows_only_the_style_and_script_of_the_page(page: Page) -> None:
    text = bundled_page()
    (policy,) = [str(found["content"]) for found in page.all("meta") if "http-equiv" in found]
    assert policy.startswith("default-src 'none';")
    for tag, count in (("style", 2), ("script", 1)):
        found = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert len(found) == count
        hashes = [f"'sha256-{b64encode(sha256(inner.encode()).digest()).decode()}'" for inner in found]
        assert f"{tag}-src {' '.join(hashes)};" in policy
    assert "unsafe" not in policy
    assert not re.search(r"\s(style|on\w+|src)=", text)


def test_hostile_texts_stay_text() -> None:
    text = write(hostile()).text
    page = Page(text)
    assert not {tag for tag, _ in page.tags} & {"img", "iframe", "object", "link", "base"}
    assert "<b>bold" not in text
    assert len(page.all("style")) == 2
    assert len([found for found in page.all("script") if "type" not in found]) == 1
    assert "</script><script>document.title='taken'</script>" in page.text
    assert "\u202e" not in text
    assert "\x00" not in text
    assert "‹U+202E›" in page.text
    outside = {found["href"] for found in page.all("a") if not str(found["href"]).startswith("#")}
    assert outside == {"https://good.example/?a=1&b=2", "https://spy.example/x.png"}


def test_words_have_their_language_and_wordings_can_be_opened() -> None:
    said = quote("lavrov", "Words", language="en", wordings=(Wording(text="Слова", language="ru"),) * 2)
    page = page_of(story(event("2024-11-01", "Talks", quotes=(said,))))
    assert len(page.all("blockquote")) == 3
    assert len(page.all("blockquote", lang="ru")) == 2
    assert "2 other wordings" in page.text
    assert "“Слова”" in page.text


def test_words_that_differ_between_wordings_of_one_language_are_marked() -> None:
    said = quote("lavrov", "We stand with them", wordings=(Wording(text="We always stand by them"),))
    text = write(story(event("2024-11-01", "Talks", quotes=(said,)))).text
    assert "“We <ins>always</ins> stand <del>with</del><ins>by</ins> them”" in text


def test_a_wording_in_another_language_is_not_compared() -> None:
    said = quote("lavrov", "Да", language="ru", wordings=(Wording(text="Yes we do", language="en"),))
    text = write(story(event("2024-11-01", "Talks", quotes=(said,)))).text
    assert "<ins>" not in text.partition("<main")[2]


def test_only_what_did_not_simply_happen_is_marked() -> None:
    view = story(event("2024-11-01", "One"), event("2024-11-02", "Two", status="denied", by=("russia",)))
    text = write(view).text.partition("<main")[2]
    assert "happened" not in text.partition("<script")[0]
    assert '<b class="status denied">⊘ denied, claimed by Russia</b>' in text


def test_a_paraphrase_has_no_quotation_marks() -> None:
    meant = quote("lavrov", "what he meant", kind="paraphrase", wordings=(Wording(text="or so"),))
    text = page_of(story(event("2024-11-01", "Talks", quotes=(meant,)))).text
    assert "what he meant" in text
    assert "“what" not in text
    assert "“or so" not in text
    assert "a paraphrase, not the speaker’s words" in text


def test_filter_and_known_on_day_are_shown_at_the_top() -> None:
    done = write(bundled("speaker:lavrov", known="2024-11-03"))
    page = Page(done.text)
    above = page.text.split("Search")[0]
    assert "speaker: Sergei Lavrov" in above
    assert "Shown as known on 3 November 2024" in above
    assert "entry into force" not in page.text
    assert "4 December 2024" not in page.text
    assert done.lost == {"notes on the whole timeline, which have no day": 1}


def test_a_source_without_a_record_is_named_by_its_id() -> None:
    page = page_of(story(event("2024-11-01", "Talks", sources=(Citation("who-knows"),))))
    assert "who-knows (the timeline has nothing else about this source)" in page.text


def test_an_event_outside_of_the_filter_is_named_without_a_link() -> None:
    talks = event("2024-11-01", "Talks", id="talks", links={"leads-to": ("vote",)}, kind="meeting")
    view = story(talks, event("2024-11-02", "A vote", id="vote"))
    assert "not on this page" not in page_of(view).text
    narrowed = view.with_query(parse_query("kind:meeting", view.vocabulary).query)
    assert "leads to: A vote (not on this page)" in page_of(narrowed).text


@pytest.mark.parametrize(
    ("edtf", "machine"),
    [
        ("2024-11-06", "2024-11-06"),
        ("2024-11", "2024-11"),
        ("2024", "2024"),
        ("2024-11-06T10:30", "2024-11-06T10:30"),
        ("2024-11-06T10:30:15+03", "2024-11-06T10:30:15+03:00"),
        ("2024-11-06T23:30Z", "2024-11-06T23:30Z"),
        ("2024-11-06~", ""), ("2024-23", ""), ("202X", ""), ("2024-1X", ""), ("0000", ""), ("-0043", ""),
        ("Y12000", ""), ("1950S2", ""), ("2024-11-06/..", ""), ("[2024,2025]", ""),
    ],
)  # fmt: skip
def test_the_machine_readable_date_is_the_date_that_is_shown(edtf: str, machine: str) -> None:
    page = page_of(story(event(edtf, "Something", id="something")))
    assert [found["datetime"] for found in page.all("time")] == ([machine] if machine else [])


_HTML_DATE = re.compile(
    r"(?!0000)[0-9]{4,}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01])"
    r"(?:T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?)?)?)?"
)
_YEARS = st.sampled_from(["2023", "2024", "202X", "0000", "0044", "-0043", "XXXX", "9999"])
_MONTHS = st.sampled_from(["", "-01", "-12", "-21", "-24", "-33", "-41", "-XX", "-1X", "~"])
_DAYS = st.sampled_from(["", "-05", "-28", "-XX", "-05T10:30", "-28T23:59:59-05:30", "-05T00:00+13", "/.."])
_EVENT_IDS = st.sampled_from(["", "event", "2024-vote", "year-1", "source-1", "actors", "пожар", "-", "a b"])


@given(st.lists(st.tuples(_YEARS, _MONTHS, _DAYS, _EVENT_IDS), max_size=8))
def test_ids_are_unique_and_dates_are_valid_html_for_any_dates(
    drawn: list[tuple[str, str, str, str]],
) -> None:
    events = []
    for number, (year, month, day, id_) in enumerate(drawn):
        with suppress(DateError):
            unique = f"{id_}-{number}" if id_ else ""
            events.append(event(f"{year}{month}{day}", "Something", id=unique, sources=(Citation("tass-1"),)))
    page = page_of(story(*events))
    names = [str(found["id"]) for _, found in page.tags if "id" in found]
    assert len(names) == len(set(names))
    assert all(name[0].isalpha() for name in names)
    assert {str(found["href"])[1:] for found in page.all("a")} <= set(names)
    assert all(_HTML_DATE.fullmatch(str(found.get("datetime"))) for found in page.all("time"))


def test_a_year_that_comes_again_is_linked_to_its_first_heading() -> None:
    dates = ("2023-12-05", "2023-24", "2023-12-20")
    page = page_of(story(*(event(date, date) for date in dates)))
    assert [found.get("id") for found in page.all("h2")].count("year_1") == 1
    assert len(page.all("a", href="#year_1")) == 1


def test_an_id_that_begins_with_a_digit_gets_a_prefix() -> None:
    page = page_of(story(event("2024", "A", id="2024-vote"), event("2024", "B", id="vote")))
    assert {found["id"] for found in page.all("article")} == {"event_2024-vote", "vote"}


def test_the_caption_of_a_quote_is_the_last_of_its_figure() -> None:
    said = quote("lavrov", "Words", wordings=(Wording(text="Other words"),))
    text = write(story(event("2024-11-01", "Talks", quotes=(said,)))).text
    assert "</figcaption></figure><details>" in text


@pytest.mark.parametrize(
    ("tag", "spoken"),
    [("ru", True), ("en-US", True), ("haw", True), ("xx", False), ("iw", False), ("", False), ("en", False)],
)
def test_only_valid_language_tags_are_used_as_lang_attributes(tag: str, *, spoken: bool) -> None:
    assert (" lang=" in language_attributes(tag)) is spoken


def test_a_timeline_without_events_is_a_page() -> None:
    assert "There are no events in this view." in page_of(story()).text


@given(st.text(st.sampled_from("ab *_`[]()<>&\"'\\\n-:/.") | st.characters(), max_size=60))
def test_prose_is_valid_html_for_any_text(text: str) -> None:
    page = Page(prose(text))
    assert {tag for tag, _ in page.tags} <= {
        "p", "ul", "ol", "li", "em", "strong", "code", "pre", "blockquote", "a", "br", "hr"
    }  # fmt: skip
    assert all(str(found["href"]).startswith("http") for found in page.all("a"))
    assert not has_hidden(prose(text))


def test_prose_has_emphasis_lists_and_links_that_show_their_addresses() -> None:
    shown = prose(
        "A *word* and **more**, `code`, [here](https://a.example).\n\n- one\n  goes on\n- two\n\n5 * 3 * 2"
    )
    assert "<em>word</em> and <strong>more</strong>, <code>code</code>" in shown
    assert 'here (<a href="https://a.example">https://a.example</a>)' in shown
    assert "<li>one\ngoes on</li>\n<li>two</li>" in shown
    assert "<p>5 * 3 * 2</p>" in shown


def test_blocks_of_a_text_are_blocks_of_the_page() -> None:
    shown = prose(
        "# Head\n\n3. three\n4. four\n   - inner\n\n```html\n<b>\n  x\n```\n\n> said\n\n~~~\nnever closed"
    )
    assert "<p><strong>Head</strong></p>" in shown
    assert '<ol start="3">\n<li>three</li>\n<li>four\n<ul>\n<li>inner</li>' in shown
    assert "<pre><code>&lt;b&gt;\n  x\n</code></pre>" in shown
    assert "<blockquote>\n<p>said</p>\n</blockquote>" in shown
    assert shown.endswith("<pre><code>never closed</code></pre>")


@pytest.mark.parametrize(
    "text",
    ["&#8238;", "&lt;b&gt;", "[a]: https://a.example", "[^1]: note", "[x](javascript:a)", "![x](data:,)"],
)
def test_markdown_that_a_page_does_not_support_stays_as_typed(text: str) -> None:
    assert Page(prose(text)).text == text


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        (
            "https://a.example/100%/%20?x={1}|[2]^#a#b",
            "https://a.example/100%25/%20?x=%7B1%7D%7C%5B2%5D%5E#a%23b",
        ),
        ("http://[::1]:80/日本?q=ü&b='%s'", "http://[::1]:80/日本?q=ü&amp;b=&#x27;%25s&#x27;"),
    ],
)
def test_an_address_is_shown_as_typed_and_linked_as_valid_html(url: str, asked: str) -> None:
    assert link(url).startswith(f'<a href="{asked}">')
    assert Page(link(url)).text == url


def test_a_picture_is_named_and_not_fetched() -> None:
    shown = prose("![A map](https://a.example/map.png)")
    assert shown.startswith("<p>A map (<a href=")
    assert "<img" not in shown


@pytest.mark.parametrize(
    "part",
    [
        "[",
        "*a",
        "_a",
        "`",
        "http://,",
        "<http://",
        "[a](",
        "\\",
        "- a\n",
        "\n\n",
        "![",
        "*a**b",
        "1. a\n",
        "# a\n",
    ],
)
def test_prose_takes_time_in_proportion_to_its_length(part: str) -> None:
    counts = []
    for length in (500, 2_000):
        with counted_calls() as calls:
            prose(part * length)
        counts.append(calls.count)
    assert counts[1] < counts[0] * 5


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://a.example/x?y=1&z=%20#top", True),
        ("HTTP://a.example", True),
        ("https://a.example/{x}|y^z", True),
        ("https://ja.example/日本", True),
        ("javascript:alert(1)", False),
        ("//a.example", False),
        ("https://a.example/\u202egnp", False),
        ("https://a.example/ x", False),
        ('https://a.example/"x', False),
        ("https://a.example\n", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_plain_web_addresses_become_links(url: str, *, may: bool) -> None:
    assert is_address(url) is may


def test_dates_counted_from_a_day_are_shown_so() -> None:
    view = bundled("kind:launch").counted_from(parse_date("2024-11-01").earliest)
    text = page_of(view).text
    assert "T-1" in text
    assert "days from 1 November 2024" in text


def test_the_page_of_the_bundled_story_is_smaller_than_600_kb() -> None:
    assert len(bundled_page().encode()) < 600_000


def test_the_signs_of_a_picture_stand_apart_from_its_title() -> None:
    assert "<figcaption>Who, and when · ● happened · " in bundled_page()
