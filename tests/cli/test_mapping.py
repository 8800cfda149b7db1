"""What columns are taken for, seen and changed on the command line."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from timeline_tui.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

TABLE = "occurred_at,seen,kind,place\n2021-03-04,2022-01-01,Raid,Lyon\n2021-03-05,2022-01-02,Talks,Rome\n"


def write(folder: Path, name: str = "a.csv") -> str:
    (folder / name).write_text(TABLE)
    return str(folder / name)


def listed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["list", *words]) == 0
    return capsys.readouterr().out


def test_import_explains_each_column_without_writing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path)
    assert main(["import", file, "--explain"]) == 0
    out = capsys.readouterr().out
    assert "occurred_at: the date (2 of 2 values are dates)\n    could also be: end, known\n" in out
    assert "    holds: 2021-03-04 | 2021-03-05\n" in out
    assert "seen: the date, where occurred_at has none" in out
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_column_can_be_taken_for_something_else_and_a_title_made_of_several(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path)
    out = listed(capsys, file, "--map", "date=seen", "--map", "title={kind}: {place}")
    assert "2022-01-01  Raid: Lyon" in out


def test_what_was_said_is_remembered_for_files_with_the_same_columns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed(capsys, write(tmp_path), "--map", "date=seen")
    assert "2022-01-01" in listed(capsys, write(tmp_path, "b.csv"))
    (tmp_path / "c.csv").write_text("occurred_at,seen,what\n2021-01-01,2022-01-01,A\n")
    assert "2021" in listed(capsys, str(tmp_path / "c.csv"))


def test_a_file_beside_the_data_comes_before_what_is_remembered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path)
    (tmp_path / "a.csv.mapping.toml").write_text('date = "seen"\n')
    assert "2022-01-01" in listed(capsys, file)
    (tmp_path / "a.csv.mapping.toml").write_text('dates = "seen"\n')
    assert main(["list", file]) == 2
    assert "dates is no part of an event" in capsys.readouterr().err


def test_import_writes_what_columns_were_taken_for_into_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path)
    assert main(["import", file, "-o", str(tmp_path / "a.yaml"), "--map", "date=seen"]) == 0
    text = (tmp_path / "a.yaml").read_text()
    assert "# - date: seen\n" in text
    assert "# - its own field: occurred_at\n" in text
    assert "# - --map date=seen\n" in text
    assert "2022-01-02" in listed(capsys, str(tmp_path / "a.yaml"))


def test_a_column_that_is_not_there_is_refused_and_not_remembered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path)
    assert main(["list", file, "--map", "date=sen"]) == 2
    assert "there is no column sen to take for the date" in capsys.readouterr().err
    assert "2021-03-04" in listed(capsys, file)


def test_an_index_made_before_a_column_was_chosen_is_not_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "large.csv"
    rows = "".join(f"2021-03-06,2022-01-03,Talks number {n},{'x' * 200}\n" for n in range(6_000))
    file.write_text("occurred_at,seen,kind,place\n" + rows)
    assert "2021-03-06" in listed(capsys, str(file))
    assert "2022-01-03" in listed(capsys, str(file), "--map", "date=seen")
    assert "2022-01-03" in listed(capsys, str(file))


def test_check_reads_a_table_as_it_is_opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path)
    (tmp_path / "a.csv").write_text(TABLE + "1,2,3,4,5,6\n")
    assert main(["check", file]) == 0
    assert "a.csv:4:1: warning left-out 6 cells where the header has 4" in capsys.readouterr().out


def test_our_own_format_has_no_columns_to_choose(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.ics").write_text("BEGIN:VCALENDAR\nEND:VCALENDAR\n")
    assert main(["list", str(tmp_path / "a.ics"), "--map", "date=x"]) == 2
    assert "a.ics is in a format in which each field has its meaning" in capsys.readouterr().err


SCATTERED = (
    "occurred,clock,learned,actor,what\n"
    "2021-03-04,10:30,2021-05-01,Anna,Raid\n"
    "2021-03-05,,2021-06-01,Bob,Talks\n"
)


def piped(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_times_and_days_of_knowledge_are_taken_from_columns_of_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(SCATTERED)
    assert "2021-03-04T10:30  Raid\n" in listed(capsys, str(file))
    out = listed(capsys, str(file), "--map", "known=learned")
    assert "2021-03-04T10:30  Raid  (revealed 58 days later)" in out
    assert "1 of 2 events" in listed(capsys, str(file), "--known-on", "2021-05-15")
    assert "1 of 2 events" in listed(capsys, str(file), "--filter", "actor:anna")


def test_columns_of_standard_input_are_chosen_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    piped(monkeypatch, SCATTERED)
    assert "2021-06-01  Talks\n" in listed(capsys, "-", "--map", "date=learned", "--map", "time=")
    piped(monkeypatch, SCATTERED)
    assert "2021-06-01  Talks\n" in listed(capsys, "-"), "it is remembered"
    piped(monkeypatch, SCATTERED)
    assert main(["list", "-", "--map", "known=lerned"]) == 2
    assert "there is no column lerned" in capsys.readouterr().err
    piped(monkeypatch, "format: 1.1\ntitle: A\nevents: []\n")
    assert main(["list", "-", "--map", "known=lerned"]) == 2
    assert "each field has its meaning" in capsys.readouterr().err


def test_standard_input_is_explained_and_checked_as_it_is_opened(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    piped(monkeypatch, SCATTERED)
    assert main(["import", "-", "--explain"]) == 0
    assert "clock: the time of day" in capsys.readouterr().out
    piped(monkeypatch, SCATTERED)
    assert main(["check", "-"]) == 0


def test_the_columns_of_a_table_in_a_database_are_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("sqlglot")
    with closing(sqlite3.connect(tmp_path / "a.db")) as base:
        base.execute("create table seen (occurred text, actor text, what text)")
        base.execute("insert into seen values ('2021-03-04', 'Anna', 'Raid')")
        base.commit()
    table = f"{tmp_path / 'a.db'}#seen"
    assert main(["import", table, "--explain"]) == 0
    assert "actor: actors (because of its name)" in capsys.readouterr().out
    assert "1 of 1 row" in listed(capsys, table, "--filter", "actor:Anna")
    assert main(["list", table, "--map", "time=what"]) == 2
    assert "rows of a table have no time of day apart from its date" in capsys.readouterr().err


def test_a_folder_is_checked_as_it_is_opened_and_names_the_file_of_a_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text(TABLE)
    (tmp_path / "b.csv").write_text(TABLE + "1,2,3,4,5,6\n")
    assert "4 events" in listed(capsys, str(tmp_path))
    assert main(["check", str(tmp_path)]) == 0
    assert "left-out b.csv: 6 cells where the header has 4" in capsys.readouterr().out
    assert main(["list", str(tmp_path), "--map", "date=seen"]) == 2
    assert "say what columns are for one of its files" in capsys.readouterr().err
    listed(capsys, str(tmp_path / "a.csv"), "--map", "date=seen")
    assert "2022-01-02" in listed(capsys, str(tmp_path))
