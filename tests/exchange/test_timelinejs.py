from __future__ import annotations

import html
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.round_trips import bundled
from tests.support.stories import HEADER, event, quote, story
from timeline_tui.dates.date import parse_date
from timeline_tui.dates.lenient import UNDATED
from timeline_tui.dates.wording import in_words
from timeline_tui.exchange import html_and_markdown, timelinejs
from timeline_tui.exchange.contract import CannotImport
from timeline_tui.exchange.timelinejs.dates import (
    edtf_of_parts,
    interval_between,
    parts_of,
    refined_by_display,
)
from timeline_tui.model.records import Citation, Header, Source

OF_TIMELINE = {"title", "events", "eras", "scale"}
OF_SLIDE = {
    "start_date", "end_date", "text", "media", "group", "display_date", "background", "autolink", "unique_id",
}  # fmt: skip
OF_DATE = {"year", "month", "day", "hour", "minute", "second", "millisecond", "display_date"}
OF_MEDIA = {"url", "caption", "credit", "thumbnail", "alt", "title", "link", "link_target"}


def slide(**fields: object) -> dict[str, object]:
    return {"start_date": {"year": "2024"}, "text": {"headline": "A launch"}, **fields}


def read(*slides: object, **more: object) -> Any:  # noqa: ANN401  plain data
    return timelinejs.read(json.dumps({"events": slides, **more}).encode(), "file")


def written(*events: Any, header: Header = HEADER) -> Any:  # noqa: ANN401  plain data
    return json.loads(timelinejs.write(story(*events, header=header)).text)


def test_the_bundled_story_is_imported_again_as_far_as_slides_can_hold_it() -> None:
    view = bundled()
    exported = timelinejs.write(view)
    found = timelinejs.read(exported.text.encode(), "bundled")
    assert found.title == view.header.title
    assert found.header["description"] == view.header.description.strip()
    inexact = 0
    for key, back in zip(view.keys, found.events, strict=True):
        own = view.event(key)
        assert (own.id, own.title) == (back["id"], back["title"])
        assert f"Kind: {own.kind}" in str(back["text"])
        assert str(back.get("text", "")).startswith(own.text)
        inexact += own.date.text != back["date"]
        assert parse_date(str(back["date"])).earliest == own.date.earliest
    assert inexact == exported.lost["dates that lose precision when imported again"] == 2
    assert exported.lost["tags"] == sum(len(view.event(key).tags) for key in view.keys)
    assert "quotes" not in exported.lost


def test_only_documented_fields_are_written() -> None:
    data = json.loads(timelinejs.write(bundled()).text)
    assert data.keys() <= OF_TIMELINE
    for each in [data["title"], *data["events"]]:
        assert each.keys() <= OF_SLIDE
        assert each["text"].keys() <= {"headline", "text"}
        assert each.get("media", {}).keys() <= OF_MEDIA
        for name in ("start_date", "end_date"):
            assert each.get(name, {}).keys() <= OF_DATE
            assert all(isinstance(number, int) for number in each.get(name, {}).values())
    assert all("year" in each["start_date"] for each in data["events"])


@pytest.mark.parametrize(
    ("edtf", "start", "end", "display"),
    [
        ("2024", {"year": 2024}, None, None),
        ("2024-11", {"year": 2024, "month": 11}, None, None),
        ("2024-11-06", {"year": 2024, "month": 11, "day": 6}, None, None),
        ("2022-02/2024-11-06", {"year": 2022, "month": 2}, {"year": 2024, "month": 11, "day": 6}, None),
        ("2024~", {"year": 2024}, None, "about 2024"),
        ("201X", {"year": 2010}, {"year": 2019}, "the 2010s"),
        ("2024-21", {"year": 2024, "month": 3}, {"year": 2024, "month": 5}, "spring 2024"),
        ("-0043", {"year": -44}, None, None),
        ("2022-02-24/..", {"year": 2022, "month": 2, "day": 24}, None, "from 24 February 2022 on"),
        ("../2024", {"year": 2024}, None, "until 2024"),
    ],
)
def test_a_date_is_never_exported_more_precisely_than_it_is_known(
    edtf: str, start: object, end: object, display: str | None
) -> None:
    (found,) = written(event(edtf, "A"))["events"]
    assert (found["start_date"], found.get("end_date"), found.get("display_date")) == (start, end, display)
    assert read(found).events[0]["date"] == edtf


@given(
    st.one_of(
        st.dates().map(str),
        st.integers(-9998, 9999).map(lambda year: f"{'-' if year < 0 else ''}{abs(year):04}"),
        st.builds("{:.7}{}".format, st.dates().map(str), st.sampled_from(["", "?", "~", "%"])),
        st.builds("{}T{:%H:%M:%S}{}".format, st.dates(), st.times(), st.sampled_from(["", "Z"])),
        st.tuples(st.dates(), st.dates()).filter(lambda p: p[0] < p[1]).map(lambda p: f"{p[0]}/{p[1]}"),
    ).filter(lambda text: text != "-0000")
)
def test_dates_of_the_usual_kinds_are_imported_again_unchanged(edtf: str) -> None:
    date = parse_date(edtf)
    parts = parts_of(date)
    assert parts is not None
    start, end = edtf_of_parts(parts.start), edtf_of_parts(parts.end)
    plain = interval_between(start, end) if end else start
    assert refined_by_display(plain, in_words(date)) == edtf


def test_an_event_without_a_known_date_is_counted_as_lost() -> None:
    exported = timelinejs.write(story(event(UNDATED, "Some day"), event("2024", "A")))
    assert exported.lost == {"events without a date": 1}
    assert len(json.loads(exported.text)["events"]) == 1


def test_years_outside_of_the_range_of_browsers_make_the_scale_cosmological() -> None:
    assert written(event("Y-13798000000", "Big Bang"))["scale"] == "cosmological"
    assert "scale" not in written(event("-0500", "A"))


def test_html_in_a_story_is_text_and_links_are_http_only() -> None:
    text = "<script>alert(1)</script> & [a](javascript:alert(1)) [b](https://example.org/?a=1&b=2) *so*"
    sources = {"s": Source(title='<img src=x onerror="x">', url='https://example.org/"onmouseover="x')}
    header = Header(title="<b>T</b>", sources=sources)
    said = [event("2024", "<i>A</i>", text=text, sources=(Citation("s"),), kind="<u>")]
    found = timelinejs.write(story(*said, header=header)).text
    for each in ("<script", "<img", "<b>", "<i>", 'href="javascript', '"onmouseover', '\\"onmouseover'):
        assert each not in found
    body = json.loads(found)["events"][0]["text"]["text"]
    assert '<a href="https://example.org/?a=1&amp;b=2" rel="noopener">b</a>' in body
    assert "<em>so</em>" in body
    assert read(*json.loads(found)["events"]).events[0]["title"] == "<i>A</i>"


def test_status_and_quotes_with_speakers_are_below_the_text() -> None:
    spoken = quote("lavrov", "We *agree*.", kind="direct")
    told_ = quote("lavrov", "that all agree", kind="paraphrase")
    (found,) = written(event("2024-11-01", "A", status="claimed", by=("tass",), quotes=(spoken, told_)))[
        "events"
    ]
    text = found["text"]["text"]
    assert "<p>Status: claimed by TASS</p>" in text
    assert "<blockquote>“We *agree*.” <cite>Sergey Lavrov</cite></blockquote>" in text
    assert "“that all agree”" not in text
    assert "that all agree <cite>Sergey Lavrov, a paraphrase" in text


@pytest.mark.parametrize("text", ["<img src=x>", "&lt;img src=x&gt;", "&amp;lt;b&amp;gt;", "R&D", "a < b"])
def test_a_group_and_a_date_for_readers_stay_text_after_their_markup_is_removed(
    text: str,
) -> None:
    (found,) = written(event("2024", "A", kind=text, extra={"display_date": text}))["events"]
    for field in ("group", "display_date"):
        left = html.unescape(found[field])
        assert "<" not in left
        assert html.unescape(left) == text
    (back,) = read(found).events
    assert (back["kind"], back["display_date"]) == (text, text)


def test_too_many_kinds_are_not_groups_and_this_is_reported() -> None:
    kinds = [f"kind {number}" for number in range(7)]
    few = timelinejs.write(story(*(event("2024", "A", kind=kind) for kind in kinds[:6])))
    assert [each["group"] for each in json.loads(few.text)["events"]] == kinds[:6]
    assert not few.notes
    many = timelinejs.write(story(*(event("2024", "A", kind=kind) for kind in kinds)))
    for kind, each in zip(kinds, json.loads(many.text)["events"], strict=True):
        assert "group" not in each
        assert f"<p>Kind: {kind}</p>" in each["text"]["text"]
    assert many.notes[0].startswith("7 kinds of events are not groups")


@pytest.mark.parametrize(
    ("address", "is_it"),
    [
        ("https://example.org/bridge.JPG", True), ("https://example.org/a.png?w=2", True),
        ("https://example.org/film.mp4", True), ("https://example.org/talk.mp3", True),
        ("https://www.youtube.com/watch?v=a", True), ("https://youtu.be/abc", True),
        ("https://vimeo.com/22439234", True), ("https://www.flickr.com/photos/a/123/", True),
        ("https://commons.wikimedia.org/wiki/File:A.jpg", True),
        ("https://example.org/2024/11/06/story", False), ("https://example.org/law.pdf", False),
        ("https://example.org/", False), ("https://example.jpg", False),
        ("https://example.org/a.jpg#page", False), ("https://en.wikipedia.org/wiki/Treaty", False),
        ("https://www.youtube.com/@tass", False), ("https://x.com/mfa/status/1", False),
        ("javascript:a.jpg", False), ('https://example.org/"x.jpg', False),
    ],
)  # fmt: skip
def test_only_addresses_of_pictures_sound_and_film_become_media(address: str, is_it: bool) -> None:
    header = Header(title="T", sources={"s": Source(title="S", url="https://example.org/an-article"),
                                        "t": Source(title="T", url=address, publisher="P")})  # fmt: skip
    (found,) = written(event("2024", "A", sources=(Citation("s"), Citation("t"))), header=header)["events"]
    assert found.get("media") == ({"url": address, "caption": "T", "credit": "P"} if is_it else None)
    assert "<p>Sources: " in found["text"]["text"]


def test_a_quotation_with_the_name_of_a_player_is_not_media() -> None:
    own = {"media": {"url": "> They call it spotify."}}
    assert "media" not in written(event("2024", "A", extra=own))["events"][0]


def test_automatic_links_are_off_where_they_would_break_the_text() -> None:
    texts = ["www.example.org'onmouseover='alert(1)", "write to a@example.org", "see https://example.org/a"]
    found = written(*(event("2024", "A", text=text) for text in texts))["events"]
    assert [each.get("autolink") for each in found] == [False, False, None]
    assert not any("autolink" in each for each in read(*found).events)


def test_an_export_without_events_says_that_timelinejs_shows_an_error() -> None:
    (note,) = timelinejs.write(story()).notes
    assert "TimelineJS shows an error" in note


def test_on_a_known_on_day_nothing_later_is_exported() -> None:
    view = story(
        event(
            "2024-10-01", "Before", quotes=(quote("lavrov", "later words", date=parse_date("2024-12-01")),)
        ),
        event("2024-12-24", "After"),
        header=Header(
            title="T", description="How it ended", extra={"eras": [{"title": "X", "date": "2024/2025"}]}
        ),
    )
    exported = timelinejs.write(view.known_by(parse_date("2024-11-01").earliest))
    for later in ("later words", "After", "How it ended", "eras"):
        assert later not in exported.text
    assert exported.lost["descriptions of the timeline"] == 1


def test_media_become_sources_and_every_field_of_them_is_kept() -> None:
    media = {
        "url": "//example.org/a b.jpg",
        "caption": "<i>A</i> bridge",
        "credit": "AP",
        "thumbnail": "t.jpg",
    }
    found = read(slide(media=media), slide(media=media), slide(media={**media, "caption": "Other"}))
    assert [each["sources"] for each in found.events] == [["a-bridge"], ["a-bridge"], ["other"]]
    assert found.header["sources"]["a-bridge"] == {
        "title": "A bridge",
        "publisher": "AP",
        "url": "https://example.org/a%20b.jpg",
        "note": "*A* bridge",
        "thumbnail": "t.jpg",
    }


def test_media_without_an_address_are_kept_and_a_quotation_is_exported_again() -> None:
    found = read(slide(media={"url": "<blockquote>No <b>way</b>.</blockquote>"}), slide(media="/a.jpg"))
    assert found.events[0]["timelinejs-media"] == {"url": "> No **way**."}
    assert found.events[1]["timelinejs-media"] == {"url": "/a.jpg"}
    extra = {
        "timelinejs-media": found.events[0]["timelinejs-media"],
        "background": {"color": "#fff", "url": "javascript:x"},
    }
    (again,) = written(event("2024", "A", extra=extra))["events"]
    assert again["media"] == {"url": "<blockquote>No <strong>way</strong>.</blockquote>"}
    assert again["background"] == {"color": "#fff"}


def test_unknown_fields_stay_and_those_with_another_meaning_get_a_prefix() -> None:
    found = read(slide(mood="good", status="open", unique_id="A b", group="Law", autolink=False))
    assert found.events[0] == {
        "id": "a-b", "date": "2024", "title": "A launch", "kind": "Law",
        "unique_id": "A b", "mood": "good", "timelinejs-status": "open", "autolink": "false",
    }  # fmt: skip


def test_a_date_that_cannot_be_read_leaves_the_event_undated_and_is_kept() -> None:
    found = read(
        slide(start_date={"year": "long ago"}),
        slide(start_date={"year": "2024", "month": "13"}),
        slide(end_date={"year": 1999}),
        slide(start_date="March 2021"),
        slide(start_date={"year": "2024", "month": "May", "day": "3"}),
        slide(start_date={"year": 2024, "month": 1, "day": 2, "hour": 0, "minute": 5, "millisecond": "7"}),
    )
    dates = [each["date"] for each in found.events]
    assert dates == [UNDATED, UNDATED, "2024", "2021-03", "2024-05-03", "2024-01-02T00:05"]
    assert found.events[0]["start_date"] == {"year": "long ago"}
    assert found.events[2]["end_date"] == {"year": "1999"}
    assert found.guesses == ["an end before its start is kept as `end_date`"]
    assert found.lost == {"fractions of a second": 1}


def test_eras_and_the_title_slide_are_kept_and_exported_again() -> None:
    era = {"start_date": {"year": 650}, "end_date": {"year": 700}, "text": {"headline": "E"}}
    title = {"text": {"headline": "T", "text": "<p>One</p><p>Two</p>"}, "background": {"color": "red"}}
    found = read(slide(), eras=[era, 7], title=title, scale="human")
    assert found.title == "T"
    assert found.header["description"] == "One\n\nTwo"
    assert found.header["eras"] == [{"date": "0650/0700", "title": "E"}]
    assert found.header["scale"] == "human"
    assert [each.reason for each in found.left_out] == ["1 eras that are not objects"]
    header = Header(title="T", extra={key: found.header[key] for key in ("eras", "title_slide")})
    again = written(event("2024", "A"), header=header)
    assert again["eras"] == [era]
    assert again["title"]["background"] == {"color": "red"}


def test_entries_of_version_2_are_read() -> None:
    entry = {
        "startDate": "1963,8,9", "endDate": "1964", "headline": "H<br/>h", "text": "t", "tag": "g",
        "asset": {"media": "https://example.org/a", "credit": "c", "caption": ""},
    }  # fmt: skip
    data = {"timeline": {"headline": "Old", "type": "default", "text": "d", "date": [entry, "x"]}}
    found = timelinejs.read(("\n" + json.dumps(data)).encode(), "file")
    assert found.title == "Old"
    assert found.events == [
        {"date": "1963-08-09/1964", "title": "H h", "text": "t", "kind": "g", "sources": ["c"]}
    ]
    assert [each.reason for each in found.left_out] == ["an entry that is not a slide"]


def test_times_eras_and_own_columns_of_the_spreadsheet_are_read() -> None:
    rows = [
        ["Year", "Month", "Day", "Time", "Headline", "End Year", "Type", "Tag", "Mood"],
        ["2,024", "11", "6", "4:30 PM", "Vote", "", "", "law", "tense"],
        ["2020", "", "", "", "Plague", "2022", "era", "", ""],
    ]
    text = "\n".join(";".join(row) for row in rows)
    found = timelinejs.read(text.encode(), "file")
    assert found.events == [{"date": "2024-11-06T16:30", "title": "Vote", "kind": "law", "Mood": "tense"}]
    assert found.header["eras"] == [{"date": "2020/2022", "title": "Plague"}]


@pytest.mark.parametrize(
    "data",
    [b"", b"  \n", b"\x00\x01", b"{", b'{"events": 3}', b"[]", b"[1]", b"a,b\n1,2\n", b"just words",
     b"{" * 100_000, b'{"events": [{"start_date"', b"\xff\xfe{", b'{"timeline": {"date": 3}}'],
)  # fmt: skip
def test_any_other_file_is_refused_with_a_message(data: bytes) -> None:
    with pytest.raises(CannotImport) as refused:
        timelinejs.read(data, "file")
    assert str(refused.value)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*OF_SLIDE, *OF_DATE, "url", "headline", "id"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(_JSON, _JSON, _JSON)
def test_no_slide_makes_the_reader_fail(one: object, other: object, title: object) -> None:
    found = read({"start_date": one or "2024"}, other, title=title, eras=other)
    assert len(found.events) + len(found.left_out) >= 1 + (other is not None)
    assert all(isinstance(each["title"], str) and parse_date(each["date"]) for each in found.events)


@pytest.mark.parametrize("hostile", ["<a ", "<!--", "<script>", '<a "', "&", "<p><a href=x>"])
def test_long_unclosed_html_is_converted(hostile: str) -> None:
    for text in (hostile * 20_000, f"<p>{hostile * 20_000}"):
        assert len(html_and_markdown.markdown_from_html(text)) <= len(text) * 2
        assert len(html_and_markdown.line_from_html(text)) <= len(text)
        assert html_and_markdown.html_from_markdown(text)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("<p>One</p>\n<p>Two<br/>three</p>", "One\n\nTwo\nthree"),
        ("a &amp; b &lt; c", "a & b < c"),
        ("<ul><li>x</li><li>y</li></ul>", "- x\n- y"),
        ("<a href='https://example.org/a'>x</a> <a href=\"/b\">y</a>", "[x](https://example.org/a) y (/b)"),
        ('<a href="javascript:alert(1)">z</a>', "z (javascript:alert(1))"),
        ("a List<String> b", "a List<String> b"),
        ("<!-- no --><b>x</b><script>y()</script>", "**x**"),
        ("plain\n\n  text", "plain\n\n  text"),
    ],
)
def test_html_becomes_markdown(text: str, markdown: str) -> None:
    assert html_and_markdown.markdown_from_html(text) == markdown


@given(
    st.lists(
        st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_characters="*[]"), min_size=1),
        min_size=1,
    ).map(" ".join)
)
def test_any_text_converted_to_html_is_imported_unchanged(text: str) -> None:
    text = " ".join(text.split())
    assert (
        html_and_markdown.markdown_from_html(f"<p>{html_and_markdown.html_from_markdown(text)}</p>")
        == text.strip()
    )


def test_a_few_megabytes_are_read() -> None:
    slides = [slide(text={"headline": f"Event {number}", "text": "word " * 40}) for number in range(10_000)]
    assert len(read(*slides).events) == 10_000


def test_milliseconds_are_exported_and_imported_again() -> None:
    view = story(event("2024-11-06T10:30:05.250Z", "A"))
    slides = json.loads(timelinejs.write(view).text)["events"]
    assert slides[0]["start_date"]["millisecond"] in (250, "250")
    assert edtf_of_parts(slides[0]["start_date"]) == "2024-11-06T10:30:05.250"


def test_a_year_that_timelinejs_cannot_distinguish_from_a_round_one_is_counted_as_lost() -> None:
    # -9999 of EDTF is -10000 in TimelineJS, and so is Y-10000.
    assert (
        timelinejs.write(story(event("-9999", "A"))).lost["dates that lose precision when imported again"]
        == 1
    )


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("a **b** *c*", "a <strong>b</strong> <em>c</em>"),
        ("***b***", "<em><strong>b</strong></em>"),
        ("[a *b*](https://example.org/)", '<a href="https://example.org/" rel="noopener">a <em>b</em></a>'),
        ("[a](https://example.org/b(c))", '<a href="https://example.org/b(c)" rel="noopener">a</a>'),
        ("[a](javascript:b)", "[a](javascript:b)"),
        ("_a_ `b` \\* &amp; <i>", "_a_ `b` \\* &amp;amp; &lt;i&gt;"),
        ("a\nb\n\nc", "<p>a<br>b</p><p>c</p>"),
    ],
)
def test_emphasis_and_links_in_markdown_become_html_and_everything_else_is_shown_as_typed(
    markdown: str, html: str
) -> None:
    assert html_and_markdown.html_from_markdown(markdown) == html


@pytest.mark.parametrize("hostile", ["[", "*a ", "[a](", "[a](http://x ", "!["])
def test_unclosed_markdown_stays_text_at_any_length(hostile: str) -> None:
    assert html_and_markdown.html_from_markdown(hostile * 5_000) == hostile * 5_000


def test_an_event_that_happened_has_no_line_on_its_status() -> None:
    (slide_,) = json.loads(timelinejs.write(story(event("2024", "A", kind="visit"))).text)["events"]
    assert "Status" not in slide_["text"]["text"]
