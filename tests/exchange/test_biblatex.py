"""The export of sources to BibLaTeX, checked by a small reader that treats braces as BibTeX does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.report_views import bundled, hostile
from tests.support.round_trips import cited_anywhere
from tests.support.stories import event, story
from timeline_tui.dates.date import parse_date
from timeline_tui.exchange.bibliography.biblatex import biblatex_date, capitals_kept, escaped, write
from timeline_tui.model.records import Citation, Header, Source

_FIELD = re.compile(r"\s*(\w+)\s*=\s*\{")


def entries_of(text: str) -> dict[str, tuple[str, dict[str, str]]]:
    """Type and fields of each entry by its key; every brace must have its other."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    at = 0
    while match := re.compile(r"\s*@(\w+)\{([^,\s{}]+),").match(text, at):
        fields: dict[str, str] = {}
        at = match.end()
        while field := _FIELD.match(text, at):
            start = at = field.end()
            depth = 1
            while depth:
                depth += {"{": 1, "}": -1}.get(text[at], 0)
                at += 1
            fields[field[1]] = text[start : at - 1]
            assert text[at] == ","
            at += 1
        closing = re.compile(r"\s*\}").match(text, at)
        assert closing
        at = closing.end()
        assert match[2] not in found
        found[match[2]] = match[1], fields
    assert not text[at:].strip()
    return found


def bare(text: str) -> str:
    """What TeX would set: without braces and escapes."""
    text = text.replace(r"\textbackslash{}", "\x01").replace(r"\textbraceleft{}", "\x02")
    text = text.replace(r"\textbraceright{}", "\x03").replace(r"\textasciitilde{}", "~")
    text = text.replace(r"\textasciicircum{}", "^").replace("{", "").replace("}", "")
    text = re.sub(r"\\([$&#%_])", r"\1", text)
    return text.translate({1: "\\", 2: "{", 3: "}"})


def entries(**sources: Source) -> dict[str, tuple[str, dict[str, str]]]:
    cited = tuple(Citation(id_.replace("_", "-")) for id_ in sources)
    header = Header(title="A story", sources={id_.replace("_", "-"): one for id_, one in sources.items()})
    return entries_of(write(story(event("2024-11-01", "Talks", sources=cited), header=header)).text)


def test_every_source_of_the_bundled_story_is_exported_under_its_id() -> None:
    view = bundled()
    found = entries_of(write(view).text)
    assert found.keys() == cited_anywhere(view)
    for id_, (kind, fields) in found.items():
        source = view.header.sources[id_]
        assert bare(fields["title"]) == source.title
        assert fields.get("url", "") == source.url
        assert kind == ("dataset" if source.kind == "data" else "online" if source.url else "misc")
        assert bare(fields.get("organization", "")) == source.publisher
        assert ("date" in fields) is (source.date is not None)
    assert not write(view).lost


def test_a_wire_report_of_the_bundled_story() -> None:
    kind, fields = entries_of(write(bundled()).text)["tag24-choe"]
    assert kind == "online"
    assert fields["author"] == "{Agence France-Presse}"
    assert fields["title"].startswith("{North} {Korea} vows to stand by {Russia}")
    assert fields["date"] == "2024-11-01"
    assert fields["language"] == "English"
    assert fields["related"] == "mt-choe"


def test_an_address_keeps_braces_in_balance() -> None:
    (_, fields) = entries(one=Source(title="One", url="https://a.example/{x?a=1%20b"))["one"]
    assert fields["url"] == "https://a.example/%7Bx?a=1%20b"


def test_satire_is_labelled_in_print() -> None:
    (_, fields) = entries(one=Source(title="A joke", kind="satire"))["one"]
    assert fields["note"] == "Satire"
    assert fields["keywords"] == "satire"


def test_a_source_that_is_repeated_but_not_cited_is_named() -> None:
    header = Header(
        title="A story",
        sources={
            "root": Source(title="Root", publisher="Wire"),
            "copy": Source(title="Copy", derived_from=("root",)),
        },
    )
    text = write(story(event("2024-11-01", "Talks", sources=(Citation("copy"),)), header=header)).text
    ((_, fields),) = entries_of(text).values()
    assert "related" not in fields
    assert fields["annotation"] == "Repeats Wire: “Root”."


@given(
    st.text(
        st.sampled_from("\\{}$&#%_~^@\"', aB") | st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zs"])
    )
)
def test_no_text_is_syntax_for_tex(text: str) -> None:
    for written in (escaped(text), capitals_kept(text)):
        assert bare(written) == " ".join(text.split())
        depths = [written[:at].count("{") - written[:at].count("}") for at in range(len(written) + 1)]
        assert min(depths) == depths[-1] == 0
        assert not re.search(r"(?<!\\)[$&#%_~^]", written)


def test_a_hostile_story_is_entries_and_nothing_else() -> None:
    text = write(hostile()).text
    found = entries_of(text)
    assert found.keys() == {"s", "u", "good", "nobody"}
    assert "url" not in found["s"][1]
    assert found["s"][0] == "misc"
    assert found["good"][1]["url"] == "https://good.example/?a=1&b=2"
    assert "\u202e" not in text


def test_keys_stay_different_when_characters_are_replaced() -> None:
    cited = (Citation("a b"), Citation("a,b"), Citation("a-b"))
    found = entries_of(write(story(event("2024-11-01", "Talks", sources=cited))).text)
    assert list(found) == ["a-b", "a-b-2", "a-b-3"]


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2024-11-06", "2024-11-06"),
        ("2024-11-06T10:30:00Z", "2024-11-06"),
        ("2024-11", "2024-11"),
        ("2024", "2024"),
        ("2024~", "2024~"),
        ("2024-11-06?", "2024-11-06?"),
        ("2024-11%", "2024-11%"),
        ("2024-23", "2024-23"),
        ("2024-34", "2024-04/2024-06"),
        ("2022-02/2024-11~", "2022-02/2024-11~"),
        ("2024/..", "2024/"),
        ("../2024", "/2024"),
        ("[2024-11-01..2024-11-03]", "2024-11-01?/2024-11-03?"),
        ("{2024-11-01,2024-11-03}", ""),
        ("201X", "201X"),
        ("20XX", "20XX"),
        ("2024-11-XX", "2024-11-XX"),
        ("2024-XX-03", "2024-01-03?/2024-12-03?"),
        ("-0043-03-15", "-0043-03-15"),
        ("Y-17000", ""),
    ],
)
def test_every_exported_date_is_valid_for_biblatex(date: str, said: str) -> None:
    assert biblatex_date(parse_date(date)) == said


def test_a_date_that_biblatex_has_no_form_for_is_kept_in_words_and_counted() -> None:
    source = Source(title="One", date=parse_date("{2024-11-01,2024-11-03}"))
    header = Header(title="A story", sources={"one": source})
    done = write(story(event("2024-11-01", "Talks", sources=(Citation("one", at="p. 3"),)), header=header))
    assert entries_of(done.text)["one"][1]["annotation"] == "Date: 1 and 3 November 2024."
    assert done.lost == {"dates of sources that are kept in words only": 1, "places in sources": 1}


def test_authors_are_joined_as_bibtex_joins_them() -> None:
    (_, fields) = entries(one=Source(title="One", author="Brown, Ada; KCNA and Reuters"))["one"]
    assert fields["author"] == "Brown, Ada and {KCNA and Reuters}"
