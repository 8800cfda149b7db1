from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from timeline_tui.checking.references import check
from timeline_tui.dates.date import parse_date
from timeline_tui.dates.day_numbers import from_civil
from timeline_tui.model import records
from timeline_tui.model.fields import fields_of
from timeline_tui.model.problems import MOST_PROBLEMS, Code
from timeline_tui.reading.nodes import DEEPEST
from timeline_tui.reading.reader import read_text

if TYPE_CHECKING:
    import msgspec

DOCUMENT = (Path(__file__).parents[2] / "docs" / "format.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.+)\n((?:(?!^## ).*\n)*)", DOCUMENT, re.MULTILINE))
EXAMPLES = re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL)
RECORDS: dict[str, type[msgspec.Struct]] = {
    "Timeline": records.Header,
    "Source": records.Source,
    "Actor": records.Actor,
    "Topic": records.Topic,
    "Event": records.Event,
    "Postponement": records.Postponement,
    "Citation": records.Citation,
    "Quote": records.Quote,
    "Wording": records.Wording,
    "Claim": records.Claim,
    "Status": records.StatementStatusEntry,
    "Update": records.Update,
    "Outcome": records.Outcome,
    "Role": records.Role,
    "Text update": records.TextUpdate,
    "Topic update": records.TopicUpdate,
    "Settled": records.Settled,
    "Note": records.Note,
    "Retraction": records.Retraction,
    "Correction": records.Correction,
    "Media": records.Media,
    "Place": records.Place,
    "Story": records.Story,
    "Step": records.Step,
}


def rows(section: str) -> dict[str, str]:
    return dict(re.findall(r"^\| `([\w-]+)` \| (.*) \|$", SECTIONS[section], re.MULTILINE))


@pytest.mark.parametrize("name", RECORDS)
def test_every_field_has_its_row_and_every_row_its_field(name: str) -> None:
    declared = [field.key for field in fields_of(RECORDS[name])]
    assert list(rows(name)) == declared + ["events"] * (name == "Timeline")


@pytest.mark.parametrize("name", RECORDS)
def test_required_fields_are_marked_as_required(name: str) -> None:
    required = {field.key for field in fields_of(RECORDS[name]) if field.required}
    said = {key for key, meaning in rows(name).items() if re.search(r"\brequired\b", meaning)}
    assert said - {"events"} == required


@pytest.mark.parametrize("name", RECORDS)
def test_every_allowed_word_of_a_field_is_listed(name: str) -> None:
    for field in fields_of(RECORDS[name]):
        for choice in field.choices:
            assert f"`{choice}`" in rows(name)[field.key]


def test_every_problem_code_is_listed_in_the_order_of_the_declaration() -> None:
    assert list(rows("Problems")) == [code.value for code in Code]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.splitlines()[0])
def test_the_examples_have_no_problems(example: str) -> None:
    reading = read_text(example.encode(), "example.yaml")
    assert reading.events
    assert check(reading, today=from_civil(2026, 1, 1)) == []


def test_the_dates_in_the_table_are_dates() -> None:
    table = re.findall(r"^\| (`.*`) \|", SECTIONS["Dates"], re.MULTILINE)
    dates = [date for row in table for date in re.findall(r"`([^`]+)`", row) if date != ".."]
    assert len(dates) > 20
    for date in dates:
        parse_date(date)


def test_the_limits_are_those_of_the_program() -> None:
    assert f"{DEEPEST} deep" in DOCUMENT
    assert f"{MOST_PROBLEMS:,} problems" in DOCUMENT
