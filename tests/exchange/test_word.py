"""Word documents: what stands in their tables and paragraphs comes out as events."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.exchange.contract import CannotImport
from timeline_tui.exchange.markup import word
from timeline_tui.exchange.registry import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline_tui.exchange.contract import Imported

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = (
    f'<w:styles {SPACE}><w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style></w:styles>'
)
DAYS = st.lists(st.dates(date(1950, 1, 1), date(2049, 12, 31)), min_size=2, max_size=6)


def document(body: str, *, part: str = "word/document.xml", before: str = "") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr(
            part, f'<?xml version="1.0"?>{before}<w:document {SPACE}><w:body>{body}</w:body></w:document>'
        )
        packed.writestr("word/styles.xml", STYLES)
    return made.getvalue()


def paragraph(text: str, style: str = "", *, listed: bool = False) -> str:
    looks = f'<w:pStyle w:val="{style}"/>' * bool(style) + "<w:numPr/>" * listed
    half = len(text) // 2
    runs = "".join(
        f'<w:r><w:t xml:space="preserve">{part}</w:t></w:r>' for part in (text[:half], text[half:])
    )
    return f"<w:p><w:pPr>{looks}</w:pPr>{runs}</w:p>"


def table(rows: Sequence[Sequence[str]]) -> str:
    made = ""
    for row in rows:
        cells = (each if each.startswith("<") else f"<w:tc>{paragraph(each)}</w:tc>" for each in row)
        made += f"<w:tr>{''.join(cells)}</w:tr>"
    return f"<w:tbl>{made}</w:tbl>"


def opened(body: str, **more: str) -> Imported:
    return read(document(body, **more), "case.docx")


def pairs(imported: Imported) -> list[tuple[object, object]]:
    return [(event["date"], event["title"]) for event in imported.events]


@given(DAYS, st.booleans())
def test_a_table_has_an_event_a_row_with_or_without_a_header(days: list[date], has_header: bool) -> None:
    rows = [[day.isoformat(), f"Meeting {number} of the board"] for number, day in enumerate(days)]
    found = opened(paragraph("A case", "Titel") + table([["Date", "What"]] * has_header + rows))
    assert pairs(found) == [(day, title) for day, title in rows]
    assert found.title == "A case"


@given(DAYS)
def test_paragraphs_that_begin_with_a_date_are_events_with_those_behind_them(days: list[date]) -> None:
    body = "".join(
        paragraph(f"{day.isoformat()}: Letter {number}") + paragraph("It was not answered.")
        for number, day in enumerate(days)
    )
    found = opened(paragraph("Chronology", "Titel") + body)
    assert pairs(found) == [(day.isoformat(), f"Letter {number}") for number, day in enumerate(days)]
    assert {event["text"] for event in found.events} == {"It was not answered."}


def test_what_stands_below_a_dated_heading_has_its_date_whatever_the_language_of_its_style() -> None:
    found = opened(
        paragraph("4 March 2024", "berschrift2") + paragraph("Doors closed", listed=True)
        + paragraph("Doors opened", listed=True)
    )  # fmt: skip
    assert pairs(found) == [("2024-03-04", "Doors closed"), ("2024-03-04", "Doors opened")]


def test_a_cell_over_several_rows_counts_for_each_of_them() -> None:
    start = '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + paragraph("2024-03-04") + "</w:tc>"
    rest = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    rows = [["Date", "What"], [start, "Doors closed"], [rest, "Doors opened"]]
    assert pairs(opened(table(rows))) == [("2024-03-04", "Doors closed"), ("2024-03-04", "Doors opened")]


def test_what_was_deleted_or_moved_away_is_not_read_and_what_lies_beside_is_counted() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    found = opened(
        f"<w:p>{run.format('2024-03-04: Paid')}<w:del><w:r><w:delText> twice</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run.format(' in cash')}</w:moveFrom><w:ins>{run.format(' late')}</w:ins>"
        "<w:r><w:footnoteReference/></w:r></w:p>"
    )
    assert pairs(found) == [("2024-03-04", "Paid late")]
    assert found.lost["footnotes"] == 1


def test_a_document_of_another_program_may_name_its_text_otherwise() -> None:
    found = opened(paragraph("2024-03-04: Paid"), part="word/document2.xml")
    assert pairs(found) == [("2024-03-04", "Paid")]


BOMB = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (document(paragraph("Nothing is dated")), "has dates"),
        (document(paragraph("&b;"), before=BOMB), "entities"),
        (document("<w:p>" * 600 + "</w:p>" * 600), "nested"),
        (document("<w:p>"), "not valid XML"),
        (document(paragraph("2024-03-04: Paid"))[:300], "broken"),
    ],
    ids=["undated", "entities", "deep", "invalid", "cut"],
)
def test_any_other_document_is_refused_with_a_message(data: bytes, said: str) -> None:
    with pytest.raises(CannotImport, match=said):
        read(data, "case.docx")


def test_a_document_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "_LARGEST", 10_000)
    with pytest.raises(CannotImport, match="too much"):
        opened(paragraph("2024-03-04: Paid" + " " * 20_000))


def test_a_table_of_far_too_many_columns_is_refused() -> None:
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc>'
    with pytest.raises(CannotImport, match="columns"):
        opened(table([["Date", wide, wide], ["2024-03-04", "x", "y"]]))
