"""Files that are read piece by piece."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timeline_tui.exchange import csv as csv_table
from timeline_tui.exchange import registry
from timeline_tui.exchange.contract import CannotImport
from timeline_tui.exchange.csv_dialect import TableReader
from timeline_tui.exchange.native import json as json_native

if TYPE_CHECKING:
    from timeline_tui.exchange.contract import Imported

CELLS = st.one_of(
    st.sampled_from(
        ["", " ", "2021-03-04", "03/04/2021", "May 1999", 'say "so"', "a\nb", "a\r\nb", "x, y", "é"]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8),
)
ROWS = st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=12)
NAMES = ["date", "title", "who", "source_url"]


def told(data: bytes, name: str) -> Imported | str:
    """What comes of a file, or why nothing does."""
    try:
        return registry.read(data, name)
    except CannotImport as error:
        return str(error)


def as_csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([NAMES, *rows])
    return out.getvalue().encode()


def as_lines(rows: list[list[str]]) -> bytes:
    return "".join(json.dumps(dict(zip(NAMES, row, strict=True))) + "\n" for row in rows).encode()


@pytest.mark.parametrize(("name", "written"), [("a.csv", as_csv), ("a.jsonl", as_lines)])
def test_the_same_comes_of_a_file_wherever_it_is_cut(name: str, written: object) -> None:
    write = as_csv if written is as_csv else as_lines

    @given(ROWS, st.integers(1, 80), st.binary(max_size=12))
    def holds(rows: list[list[str]], size: int, rest: bytes) -> None:
        data = write(rows) + rest
        whole = told(data, name)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(csv_table, "PIECE", size)
            patch.setattr(json_native, "PIECE", size)
            assert told(data, name) == whole

    holds()


@given(ROWS, st.integers(1, 60), st.sampled_from([b"", b'"', b'x,"y\nz\n', b"a\rb\n", b'"\n2021,b,c,d\n']))
@example([["2021-03-04", "A", "", ""]], 60, b'"')
def test_a_piece_of_a_table_read_again_has_the_same_rows(
    rows: list[list[str]], size: int, rest: bytes
) -> None:
    table = TableReader(as_csv(rows) + rest)
    for piece, found in table.runs(size):
        assert list(table.rows(piece)) == found


@given(ROWS, st.integers(1, 60), st.integers(1, 30))
@example([["2021", "long " * 10 + "\nend", "", ""]], 30, 30)
def test_pieces_stay_short_where_cells_have_several_lines(
    rows: list[list[str]], size: int, times: int
) -> None:
    longest = max(len(as_csv([row])) for row in rows)
    for piece, _ in TableReader(as_csv(rows * times)).runs(size):
        assert piece.end - piece.start <= size + 2 * longest


def test_dates_are_read_with_those_of_all_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_table, "PIECE", 20)
    rows = "".join(f"0{n}/04/2021,Event {n}\n" for n in range(1, 8))
    assert registry.read(f"date,title\n{rows}13/04/2021,Last\n".encode(), "a.csv").events[2] == {
        "date": "2021-04-03",
        "title": "Event 3",
    }


@pytest.mark.parametrize("last", ['2022,"B', '2022,"B\n', '"'])
def test_a_quotation_mark_that_is_not_closed_in_the_last_line_costs_no_other_row(last: str) -> None:
    made = registry.read(f"date,title,who\n2021,A,\n{last}".encode(), "a.csv")
    assert made.events[0]["title"] == "A"
