"""Files that are made to fill the memory or to take for ever end in a clear line."""

from __future__ import annotations

import pytest

from timeline_tui.exchange.contract import CannotImport
from timeline_tui.exchange.registry import read
from timeline_tui.mapping.walk import MOST_KEYS

DEEP = "[" * 50_000 + "]" * 50_000


def test_deep_json_in_a_line_costs_that_line() -> None:
    found = read(f'{{"date":"2024","title":"A"}}\n{{"date":"2025","x":{DEEP}}}\n'.encode(), "x.jsonl")
    assert [event["title"] for event in found.events] == ["A"]
    assert [(left.line, left.reason) for left in found.left_out] == [
        (2, "the lists and objects of this JSON are nested too deeply")
    ]


def test_a_message_of_too_many_parts_costs_that_message() -> None:
    message = "From a@b.org Mon Mar  4 10:00:00 2024\nFrom: a@b.org\nDate: Mon, 4 Mar 2024 10:00:00 +0000\n"
    parts = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(2_000))
    found = read(f"{message}Subject: A\n\nHello\n\n{message}{parts}".encode(), "x.mbox")
    assert [event["title"] for event in found.events] == ["A"]
    assert [left.reason for left in found.left_out] == [
        "a message that cannot be read: its parts are nested too deeply"
    ]


@pytest.mark.parametrize("name", ["x.json", "x.jsonl", "x.csv", "x.yaml"])
def test_more_columns_than_any_spreadsheet_has_are_refused(name: str) -> None:
    names = [f"k{n}" for n in range(MOST_KEYS)]
    entry = f'{{"date":"2024",{",".join(f"{chr(34)}{each}{chr(34)}:{chr(34)}x{chr(34)}" for each in names)}}}'
    text = {
        "x.json": f"[{entry},{{}}]",
        "x.jsonl": f"{entry}\n",
        "x.csv": f"date,{','.join(names)}\n2024{',x' * MOST_KEYS}\n",
        "x.yaml": "- date: 2024\n" + "".join(f"  {each}: x\n" for each in names),
    }[name]
    with pytest.raises(CannotImport, match=r"16,385 (keys|columns).* wider than any spreadsheet"):
        read(text.encode(), name)


def test_a_header_may_have_names_that_mean_years() -> None:
    found = read(b"date,title,c1990,2020 Q1\n2024-01-02,A,1,2\n", "x.csv")
    assert [(event["date"], event["title"]) for event in found.events] == [("2024-01-02", "A")]


def test_entries_of_a_log_that_go_on_for_ever_are_cut_and_counted() -> None:
    lines = ["2024-03-04 10:00:00 Began", *["x" * 99_999] * 12]
    found = read("\n".join(lines).encode(), "x.log", "log")
    assert len(str(found.events[0]["text"])) < 1_200_000
    assert found.lost["lines of entries that go on for more than a megabyte"] == 2
