"""The page of columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.dates.date import today
from timeline_tui.loading.opened import open_timeline
from timeline_tui.pages.mapping import mapping_page
from timeline_tui.text.cells import cells
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from pathlib import Path

TABLE = "occurred_at,seen,kind,place\n2021-03-04,2022-01-01,Raid,Lyon\n2021-03-05,2022-01-02,Talks,Rome\n"


def page_of(path: Path, width: int = 80) -> list[str]:
    view = View(open_timeline(path, today=today()).index, today=today())
    page = mapping_page(view, width)
    assert all(cells(line.text) <= width for line in page.lines)
    return [line.text for line in page.lines]


def test_each_column_is_shown_with_what_it_was_taken_for_why_and_some_values(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(TABLE)
    text = "\n".join(page_of(tmp_path / "a.csv"))
    assert "occurred_at\n  the date (2 of 2 values are dates)\n  holds: 2021-03-04 | 2021-03-05" in text
    assert "kind\n  the kind of event (because of its name)" in text


def test_what_a_column_could_also_be_leads_to_taking_it_for_that(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("date,headline,summary\n2021-03-04,A,Long\n")
    view = View(open_timeline(tmp_path / "a.csv", today=today()).index, today=today())
    targets = [target for line in mapping_page(view, 80).lines for target in line.targets]
    assert ("column", "title=summary") not in [(target.leads, target.id) for target in targets]
    assert all(target.leads == "column" and "=" in target.id for target in targets)


def test_columns_fit_into_a_narrow_page_whatever_they_hold(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"date,title,{'x' * 300}\n2021-03-04,\u202eA\u200b{'宽' * 90},b\n")
    assert "\u202e" not in "".join(page_of(tmp_path / "a.csv", 30))


def test_a_file_in_a_known_format_has_no_columns_to_choose(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("title: T\nevents:\n  - date: 2021\n    title: A\n")
    assert page_of(tmp_path / "a.yaml") == [
        "The fields of this file have their meaning by its format: there are no columns",
        "to choose.",
    ]
