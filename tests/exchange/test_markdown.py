"""The Markdown report, parsed as CommonMark with footnotes."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from tests.support.report_views import bundled, hostile
from tests.support.stories import event, quote, story
from timeline_tui.dates.date import parse_date
from timeline_tui.exchange.markdown.escape import (
    address,
    authored,
    authored_line,
    escaped_line,
    escaped_lines,
)
from timeline_tui.exchange.markdown.report import write
from timeline_tui.exchange.report_text import cited_sources, period
from timeline_tui.model.records import Citation, Claim, Wording
from timeline_tui.text.sanitize import has_hidden, one_line

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).use(footnote_plugin)


def page_of(text: str) -> str:
    return str(READER.render(text))


@given(st.text(st.sampled_from("ab12 .)#-+=*_`~[]()<>&!|\\$^{}:/\n\u202e") | st.characters(), max_size=40))
def test_no_text_is_syntax(text: str) -> None:
    assert unescape(page_of(escaped_line(text))) == (f"<p>{one_line(text)}</p>\n" if one_line(text) else "")


@pytest.mark.parametrize(
    "text", ["# one", "- one", "1. one", "1) one", "> one", "    one", "---", "=== ", "+ one"]
)
def test_no_line_of_a_quote_begins_a_block(text: str) -> None:
    shown = page_of(escaped_lines(f"words\n{text}\nwords"))
    assert shown.count("<") == 2
    assert text.strip() in unescape(shown)


def test_an_authors_markdown_keeps_its_emphasis_and_links() -> None:
    shown = page_of(authored("A *word*, a [link](https://a.example/x), <https://b.example>\n\n- one\n- two"))
    assert "<em>word</em>" in shown
    assert shown.count("<li>") == 2
    assert re.findall('href="([^"]*)"', shown) == ["https://a.example/x", "https://b.example"]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](\n javascript:alert(1))",
        "[x](java&#115;cript:alert(1))",
        "\\\\[x](data:text/html,x)",
        "[x]\n\n[x]: javascript:alert(1)",
        "[x][]\n\n  [x]:\n  file:///etc/passwd",
        "[x](/relative)",
        "<javascript:alert(1)>",
        "![x](https://spy.example/x.png)",
        "![x][y]\n\n[y]: https://spy.example/x.png",
        "<!-- hidden",
    ],
)
def test_an_authors_markdown_links_only_to_the_web(text: str) -> None:
    shown = page_of(authored(text))
    assert not re.findall("<(?!/?(?:p|a|pre|code|ul|li)[ >])", shown)
    assert all(href.startswith("https://") for href in re.findall('href="([^"]*)"', shown))


HIDDEN = (
    "&#8238;",
    "&#x202e;",
    "&#X0202E;",
    "&lrm;",
    "&ZeroWidthSpace;",
    "&shy;",
    "&#27;",
    "&#155;",
    "&#xad;",
)


@pytest.mark.parametrize("entity", HIDDEN)
@pytest.mark.parametrize(
    "text", ["a {} b", "[a](https://a.example/{})", '[a](https://a.example "{}")', "<https://a.example/{}>",
             "`{}`", "```{}\n{}\n```", "- {}\n- b", "![{}](x)", "[{}][x]"],
)  # fmt: skip
def test_no_entity_brings_back_a_hidden_character(entity: str, text: str) -> None:
    for shown in (authored, authored_line, escaped_line, escaped_lines):
        assert not has_hidden(unescape(page_of(shown(text.replace("{}", entity)))))


@pytest.mark.parametrize("entity", HIDDEN)
def test_an_address_with_an_entity_of_a_hidden_character_is_not_a_link(entity: str) -> None:
    url = f"https://a.example/{entity}"
    assert unescape(page_of(address(url))) == f"<p>{url}</p>\n"


@given(st.integers(0, 0x110000), st.sampled_from(["&#{};", "&#x{:x};", "&#{:07}"]))
def test_no_number_of_a_character_brings_back_a_hidden_one(number: int, pattern: str) -> None:
    assert not has_hidden(page_of(authored(f"a {pattern.format(number)} b")))


def test_the_entities_of_other_characters_are_the_authors() -> None:
    assert page_of(authored("a &mdash; b &amp; &#233; &AMP &x;")) == "<p>a — b &amp; é &amp;AMP &amp;x;</p>\n"


def test_an_unclosed_code_block_ends_with_its_text() -> None:
    assert page_of(authored("```\ncode") + "\n\nafter").endswith("<p>after</p>\n")
    assert page_of(authored("~~~~\ncode\n~~~\n```") + "\n\nafter").endswith("<p>after</p>\n")


LEAKS = {
    "indented fence": "    ```\n    code",
    "fence behind a tab": "\t```\ncode",
    "fence with blanks": "   ```\ncode",
    "tildes": "~~~ x\ncode",
    "fence never closed": "words\n\n````\ncode\n```",
    "fence in a list": "- one\n\n  ```\n  code",
    "fence in a list closed outside": "- ```\n  code\n```",
    "fence in a quotation": "> ```\n> code\n```",
    "fence in a list of the other kind": "1. ~~~\n\n```\n\n   ~~~",
    "html": "<pre>\n\n<!--\n\n<script>\n\n<![CDATA[\n\n<?x",
    "html in a list": "- <div>\n\n  <!-- x",
    "indented code": "    code\n\n        code",
    "definition": "[a]: https://a.example\n'title",
    "definition of a footnote": "[^1]: mine\n\n    more",
    "heading": "# One\n## Two\n####### Seven",
    "heading under a line": "One\n===\n\nTwo\n---",
    "heading in a list": "- # One\n- Two\n  ---",
    "list": "- one\n  - two\n    1. three\n\n       four",
    "table": "| a |\n|---|\n| b |",
    "half a table": "a | b\n--- | ---",
    "front matter": "---\ntitle: x\n---",
    "half a front matter": "---\ntitle: x",
    "colons": "::: warning\n\nwords",
    "a definition's colon": ": words",
    "quotation": "> one\n> > two",
    "deep": "> " * 60 + "```",
    "backslash": "words\\",
    "code in a line": "`` never closed",
    "mathematics": "$$\nx",
}


def event_headings(page: str) -> list[str]:
    """The headings that stand at the places of events."""
    tokens = READER.parse(page)
    return [
        tokens[number + 1].content
        for number, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag in ("h1", "h2", "h3", "h4")
    ]


def headings_around(text: str) -> None:
    """Write a report on two events, one of them with a text, and find every heading of the report's own."""
    view = story(event("2024-01-02", "One", text=text), event("2024-01-03", "Two", text="Words."))
    assert event_headings(write(view).text) == [
        "A story", "2024", "January 2024", "2 January 2024: One", "3 January 2024: Two"
    ]  # fmt: skip


@pytest.mark.parametrize("text", LEAKS.values(), ids=LEAKS)
def test_no_block_of_a_text_extends_into_the_next_event(text: str) -> None:
    headings_around(text)


@given(
    st.lists(
        st.text(st.sampled_from("`~#-=>:|+*<![]()^ \t1.ab\\$"), max_size=8)
        | st.sampled_from(
            ["```", "~~~", "- ", "    ", "> ", "1. ", "---", "===", "<!--", "", ":::", "-\t```"]
        ),
        max_size=8,
    ).map("\n".join)
)
def test_every_event_has_its_heading_whatever_its_text_is(text: str) -> None:
    headings_around(text)


def test_headings_of_a_text_are_below_those_of_events_and_code_is_unchanged() -> None:
    assert authored("# One\n\nTwo\n---\n\n```\n# three\n---\n::: four\n```") == (
        "##### One\n\nTwo\n***\n\n```\n# three\n---\n::: four\n```"
    )


def test_hostile_texts_stay_text_and_http_links() -> None:
    text = write(hostile()).text
    assert "\u202e" not in text
    assert "\x1b" not in text
    assert "‹U+202E›" in text
    shown = page_of(text)
    assert "<script" not in shown
    assert "<img" not in shown
    assert "<style" not in shown
    assert "<b>" not in shown
    links = [href for href in re.findall('href="([^"]*)"', shown) if not href.startswith("#fn")]
    assert set(links) == {"https://good.example/?a=1&amp;b=2", "https://spy.example/x.png"}


def test_every_source_is_one_footnote_however_often_it_is_cited() -> None:
    view = bundled()
    text = write(view).text
    told = re.findall(r"(?m)^\[\^(\d+)\]: ", text)
    assert told == [str(number) for number in range(1, len(told) + 1)]
    assert re.findall(r"\[\^(\d+)\](?!:)", text) == told, "each is referred to once, in the order of numbers"
    assert len(told) == len(cited_sources(view))
    assert set(re.findall(r"\\\[(\d+)\\\]", text)) <= set(told)
    shown = page_of(text)
    assert shown.count('class="footnote-item"') == len(told)
    assert "[^" not in shown


def test_a_source_cited_again_is_referred_to_by_its_number_with_the_place() -> None:
    claims = (
        Claim(about="troops", by="tass", value="1", sources=(Citation("tass-1", at="para. 4"),)),
        Claim(about="other", by="tass", value="2", sources=(Citation("nyt-1"),)),
        Claim(
            about="troops", by="tass", value="3", sources=(Citation("gone"), Citation("tass-1", at="para. 9"))
        ),
    )
    text = write(story(event("2024-11-01", "Talks", claims=claims))).text
    assert r"(1 November 2024). [^1] (para. 4)" in text
    assert r"(1 November 2024). [^2] \[1\] (para. 9)" in text
    assert "[^2]: gone (the timeline" in text
    assert "[^3]: “Another report”" in text


def test_words_are_in_quotation_marks_and_a_paraphrase_is_not() -> None:
    said = quote("lavrov", "Our words", language="ru", wordings=(Wording(text="Their words", language="fr"),))
    meant = quote("lavrov", "what he meant", kind="paraphrase", wordings=(Wording(text="or so"),))
    joke = quote("lavrov", "A joke", kind="satire")
    text = write(story(event("2024-11-01", "Talks", quotes=(said, meant, joke)))).text
    assert "> “Our words”" in text
    assert "“Their words” In French." in text
    assert "> what he meant\n" in text
    assert "> - or so" in text
    assert "a paraphrase, not the speaker’s words" in text
    assert "“A joke”" in text
    assert "satire: nobody said this in earnest" in text


def test_a_figure_has_its_speaker_day_and_source() -> None:
    claim = Claim(about="troops", by="tass", value="8000..10000", sources=(Citation("tass-1", at="para. 4"),))
    text = write(story(event("2024-11-01", "Talks", status="disputed", by=("russia",), claims=(claim,)))).text
    assert "- TASS: 8,000 to 10,000 soldiers (1 November 2024). [^1] (para. 4)" in text
    assert "disputed, claimed by Russia" in text
    assert "[^1]: “A report”, undated, Russian." in text


def test_on_a_known_on_day_nothing_later_is_shown() -> None:
    done = write(bundled(known="2024-10-20"))
    assert "Shown as known on 20 October 2024" in done.text
    assert "2025" not in done.text
    planned = "North Koreans are to fight|State Duma votes|United States elects"
    assert "November 2024:" not in re.sub(rf"(?m)^#+ .*November 2024: (?:{planned}).*", "", done.text)
    assert done.lost == {"notes on the whole timeline, which have no day": 1}
    assert write(bundled()).lost == {"step-by-step stories": len(bundled().header.stories)}


def test_only_the_events_of_the_view_are_shown() -> None:
    view = bundled("kind:vote")
    text = write(view).text
    assert len(re.findall("(?m)^#{3,4} .*: ", text)) == view.count
    assert view.sentence.split(" · ")[0] in text


@pytest.mark.parametrize(
    ("date", "year", "month"),
    [
        ("2024-11-06", "2024", "November 2024"),
        ("2024-11", "2024", "November 2024"),
        ("2024", "2024", ""),
        ("2024-23", "2024", ""),
        ("2024-24", "2024 to 2025", ""),
        ("201X", "2010 to 2019", ""),
        ("2022-02/2024-11", "2022", "February 2022"),
        ("2022-02-24/..", "2022", "February 2022"),
        ("../2024", "Start unknown", ""),
        ("[2024-10-30,2024-11-01]", "2024", ""),
        ("{2024-10-30,2024-11-01}", "2024", "October 2024"),
        ("-0043-03-15", "44 BC", "March 44 BC"),
    ],
)
def test_headings_are_no_more_precise_than_the_date(date: str, year: str, month: str) -> None:
    assert period(parse_date(date)) == (year, month)


def test_an_event_of_a_year_is_not_listed_under_its_january() -> None:
    text = write(
        story(event("2024-01-01", "Early"), event("2024", "Some time"), event("2024-02-02", "Later"))
    ).text
    assert re.findall("(?m)^#+ .*", text)[1:] == [
        "## 2024",
        "### January 2024",
        "#### 1 January 2024: Early",
        "### Some time in 2024",
        "#### 2024: Some time",
        "### February 2024",
        "#### 2 February 2024: Later",
    ]


def test_a_future_event_is_scheduled_and_has_no_outcome() -> None:
    text = write(story(event("2024-12-01", "A vote", outcome="Adopted"))).text
    assert "scheduled" in text
    assert "Adopted" not in text
    assert "Events after 4 November 2024 are shown as scheduled" in text


def test_a_story_without_events_is_a_title() -> None:
    assert write(story()).text == "# A story\n\n0 events.\n"
