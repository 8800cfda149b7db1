"""HTML as a type: whatever is put into it and is not HTML is escaped."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.exchange.html_markup import Html, html, joined


@given(st.text())
def test_text_that_is_filled_in_added_or_joined_cannot_open_a_tag_or_end_an_attribute(text: str) -> None:
    for made in (html("{}", text), Html() + text, joined([text]), Html.escape(text)):
        assert isinstance(made, Html)
        assert not set("<>\"'") & set(made)
        assert made.unescape() == text


def test_html_that_is_filled_in_stays_html() -> None:
    item = html("<b>{}</b>", "a & b")
    assert html("<p>{}</p>", item) == "<p><b>a &amp; b</b></p>"
    assert joined([item, "", "<"], ", ") == "<b>a &amp; b</b>, &lt;"
    assert Html.escape(item) == item
