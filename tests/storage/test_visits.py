"""What is kept of a visit: hashes, in a folder of the user's own, and whatever is wrong there is a notice."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.stories import event, quote
from timeline_tui.answers.changes import Changes, changes_since
from timeline_tui.model.fingerprints import VERSION, Change, event_fingerprint, id_fingerprint
from timeline_tui.model.records import Header
from timeline_tui.storage.visit_files import is_first_visit
from timeline_tui.storage.visits import Seen, Visits, distinct_id_fingerprints

if TYPE_CHECKING:
    from timeline_tui.model.records import Event

TALKS = event("2024-01-01", "Talks begin", id="talks")
VOTE = event("2024-02-01", "A vote", id="vote", quotes=(quote("ann", "Words"),))
NOBODY = 65_534

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "visits"


@pytest.fixture
def visits(folder: Path) -> Visits:
    return Visits(folder)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "story.yaml"
    path.write_text("title: T", encoding="utf-8")
    return path


def fingerprints(*events: Event) -> list[tuple[int, str, bytes]]:
    return [(key, told.id, event_fingerprint(told)) for key, told in enumerate(events)]


def kept(*events: Event) -> list[tuple[str, bytes]]:
    return [(id_, print_) for _, id_, print_ in fingerprints(*events)]


def record(folder: Path) -> Path:
    """The one file in the folder."""
    [path] = folder.iterdir()
    return path


def with_checksum(body: bytes) -> bytes:
    return b"%08x\n" % crc32(body) + body


def test_a_visit_is_read_as_it_was_written(visits: Visits, file: Path) -> None:
    assert visits.write(file, kept(TALKS, VOTE)) == ""
    seen = visits.read(file)
    assert not seen.first
    assert seen.notice == ""
    assert dict(seen) == {
        id_fingerprint("talks"): event_fingerprint(TALKS),
        id_fingerprint("vote"): event_fingerprint(VOTE),
    }
    assert len(seen) == 2
    assert seen[id_fingerprint("vote")] == event_fingerprint(VOTE)


def test_a_new_file_is_a_first_visit_without_a_notice(visits: Visits, file: Path, folder: Path) -> None:
    seen = visits.read(file)
    assert (seen.first, seen.notice, len(seen)) == (True, "", 0)
    assert seen.folder == str(folder)
    assert not folder.exists()


def test_each_file_has_one_visit_whatever_path_leads_to_it(
    visits: Visits, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits.write(file, kept(TALKS))
    link = tmp_path / "link.yaml"
    link.symlink_to(file)
    monkeypatch.chdir(tmp_path)
    assert dict(visits.read(link)) == dict(visits.read(Path("story.yaml"))) == dict(visits.read(file))
    assert visits.read(tmp_path / "other.yaml").first


def test_a_visit_writes_nothing_into_or_next_to_the_file(visits: Visits, file: Path, folder: Path) -> None:
    before = file.read_bytes(), file.stat().st_mtime_ns, sorted(file.parent.iterdir())
    visits.write(file, kept(TALKS))
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before[:2]
    assert sorted(file.parent.iterdir()) == sorted([*before[2], folder.parent])


def test_a_stored_visit_holds_neither_path_nor_id_nor_text(visits: Visits, file: Path, folder: Path) -> None:
    visits.write(file, kept(TALKS, VOTE))
    data = record(folder).read_bytes()
    for word in (b"talks", b"vote", b"Words", b"ann", b"2024", b"story"):
        assert word not in data
    assert "story" not in record(folder).name


def test_folder_and_record_are_the_users_alone(visits: Visits, file: Path, folder: Path) -> None:
    previous = os.umask(0)
    try:
        visits.write(file, kept(TALKS))
    finally:
        os.umask(previous)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(record(folder).stat().st_mode) == 0o600


def test_the_users_visits_lie_in_the_state_folder(own_folders: Path, file: Path) -> None:
    assert Visits.of_user().write(file, kept(TALKS)) == ""
    assert record(own_folders / "timeline-tui" / "visits").is_file()
    assert len(Visits.of_user().read(file)) == 1


def test_a_missing_home_folder_is_a_notice(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_state_path", lambda _: (_ for _ in ()).throw(RuntimeError))
    found = Visits.of_user()
    assert found.write(file, kept(TALKS)) == "this visit is not remembered: there is no home folder"
    assert found.read(file).notice.endswith("is unknown: there is no home folder")


def test_standard_input_is_not_remembered(visits: Visits, folder: Path) -> None:
    assert visits.write(Path("-"), kept(TALKS)) == ""
    seen = visits.read(Path("-"))
    assert (seen.first, seen.notice, seen.folder) == (True, "", "")
    assert not folder.exists()


@pytest.mark.parametrize("size", [0, 1, 8, 9, 10, 30, -1])
def test_a_record_that_was_cut_off_is_a_first_visit_with_a_notice(
    visits: Visits, file: Path, folder: Path, size: int
) -> None:
    visits.write(file, kept(TALKS, VOTE))
    record(folder).write_bytes(record(folder).read_bytes()[:size])
    seen = visits.read(file)
    assert seen.first
    assert seen.notice == "what changed since the last visit is unknown: the stored file is damaged"
    assert visits.write(file, kept(TALKS)) == ""
    assert not visits.read(file).first


def encoded(value: object) -> bytes:
    return with_checksum(msgspec.msgpack.encode(value))


@pytest.mark.parametrize(
    "data",
    [
        encoded([VERSION]),
        encoded([VERSION, {"a": 1}]),
        encoded([VERSION, {b"a": "text"}]),
        encoded([VERSION, [1, 2]]),
        encoded({"version": VERSION}),
        encoded(["1", {}]),
        encoded([VERSION, {}]) + b"more",
        with_checksum(msgspec.msgpack.encode([VERSION, {}]) + b"\x00"),
        with_checksum(b"\x92\x01\xdf\xff\xff\xff\xff"),
        with_checksum(b"\x92\x01\x81\xc6\xff\xff\xff\xff\xc4"),
        with_checksum(b"\xdd\xff\xff\xff\xff"),
        with_checksum(b"\x92\x01" + b"\x91" * 500_000),
        with_checksum(b"\x92\x01" + b"\x91" * 500_000 + b"\x01"),
        with_checksum(b"\xc1"),
        b"\x00" * 1_000,
    ],
)
def test_a_record_of_wrong_types_or_sizes_is_a_first_visit_with_a_notice(
    visits: Visits, file: Path, folder: Path, data: bytes
) -> None:
    visits.write(file, kept(TALKS))
    record(folder).write_bytes(data)
    seen = visits.read(file)
    assert (seen.first, len(seen)) == (True, 0)
    assert seen.notice.endswith("the stored file is damaged")


@given(body=st.binary(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_record_whatsoever_raises(visits: Visits, file: Path, folder: Path, body: bytes) -> None:
    visits.write(file, kept(TALKS))
    record(folder).write_bytes(with_checksum(b"\x92\x01" + body))
    seen = visits.read(file)
    assert seen.first == bool(seen.notice)
    assert "\n" not in seen.notice


def test_a_stored_visit_of_another_version_is_a_notice(visits: Visits, file: Path, folder: Path) -> None:
    visits.write(file, kept(TALKS))
    record(folder).write_bytes(encoded([VERSION + 1, "quite another shape"]))
    seen = visits.read(file)
    assert seen.first
    assert seen.notice.endswith("the stored file is from another version of this program")


def test_a_record_that_is_larger_than_all_may_be_is_not_read(file: Path, folder: Path) -> None:
    Visits(folder).write(file, kept(TALKS, VOTE))
    seen = Visits(folder, most_bytes=20).read(file)
    assert seen.first
    assert seen.notice.endswith("damaged")


def test_a_planted_link_is_neither_read_nor_written_through(
    visits: Visits, file: Path, folder: Path, tmp_path: Path
) -> None:
    visits.write(file, kept(TALKS))
    target, planted = tmp_path / "target", record(folder)
    planted.rename(target)
    planted.symlink_to(target)
    assert visits.read(file).notice.endswith("the stored file is a link to another place")
    before = target.read_bytes()
    assert visits.write(file, kept(TALKS, VOTE)) == ""
    assert target.read_bytes() == before
    assert not record(folder).is_symlink()
    assert len(visits.read(file)) == 2


def test_a_record_that_is_not_a_file_is_a_notice(visits: Visits, file: Path, folder: Path) -> None:
    visits.write(file, kept(TALKS))
    path = record(folder)
    path.unlink()
    os.mkfifo(path)
    assert visits.read(file).notice.endswith("the stored file is not yours")
    path.unlink()
    path.mkdir()
    assert visits.read(file).notice.startswith("what changed since the last visit is unknown: ")
    assert visits.write(file, kept(TALKS)) == "this visit is not remembered: is a directory"
    assert list(folder.iterdir()) == [path]


@needs_root
def test_a_visit_of_another_user_is_not_used(visits: Visits, file: Path, folder: Path) -> None:
    visits.write(file, kept(TALKS))
    os.chown(record(folder), NOBODY, NOBODY)
    assert visits.read(file).notice.endswith("the stored file is not yours")
    os.chown(folder, NOBODY, NOBODY)
    assert visits.read(file).notice.endswith(f"{folder} belongs to another user")
    assert visits.write(file, kept(TALKS)).endswith(f"{folder} belongs to another user")


def test_a_folder_that_cannot_be_created_is_a_notice(visits: Visits, file: Path, folder: Path) -> None:
    folder.parent.write_text("in the way", encoding="utf-8")
    assert visits.write(file, kept(TALKS)) == "this visit is not remembered: not a directory"
    assert visits.read(file).first


def test_a_full_disk_is_a_notice_and_the_stored_visit_stays(
    visits: Visits, file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits.write(file, kept(TALKS))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert visits.write(file, kept(TALKS, VOTE)) == "this visit is not remembered: no space left on device"
    assert list(folder.iterdir()) == [record(folder)]
    assert len(visits.read(file)) == 1


def test_a_path_that_cannot_be_is_a_notice(visits: Visits) -> None:
    assert visits.write(Path("a\0b"), kept(TALKS)).startswith("this visit is not remembered: ")
    assert visits.read(Path("a\0b")).first


def test_a_file_in_a_circle_of_links_is_remembered_all_the_same(visits: Visits, tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert visits.write(tmp_path / "a", kept(TALKS)) == ""
    assert len(visits.read(tmp_path / "a")) == 1


def written(folder: Path, visits: Visits, path: Path, seconds: int, events: list[tuple[str, bytes]]) -> Path:
    """A record that was written so many seconds after all began."""
    before = set(folder.iterdir()) if folder.exists() else set()
    assert visits.write(path, events) == ""
    [new] = set(folder.iterdir()) - before
    os.utime(new, (seconds, seconds))
    return new


def test_the_newest_visits_stay_and_other_files_are_not_removed(folder: Path, tmp_path: Path) -> None:
    visits = Visits(folder, most_files=3)
    for number in range(3):
        written(folder, visits, tmp_path / str(number), 1_000 + number, kept(TALKS))
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    visits.write(tmp_path / "3", kept(TALKS))
    assert [visits.read(tmp_path / str(number)).first for number in range(4)] == [True, False, False, False]
    assert (folder / "notes.txt").exists()


def test_the_oldest_visits_are_removed_for_space_and_one_too_large_is_not_stored(
    folder: Path, tmp_path: Path
) -> None:
    large = [(str(number), b"x" * 100) for number in range(10)]
    size = written(folder, Visits(folder), tmp_path / "0", 1_000, large).stat().st_size
    visits = Visits(folder, most_bytes=2 * size)
    written(folder, visits, tmp_path / "1", 2_000, large)
    visits.write(tmp_path / "2", large)
    assert [visits.read(tmp_path / str(number)).first for number in range(3)] == [True, False, False]
    assert visits.write(tmp_path / "1", large * 3) == "this visit is not remembered: it has too many events"
    assert not visits.read(tmp_path / "1").first


def test_leftovers_of_killed_programs_are_removed_but_not_files_being_written(
    visits: Visits, file: Path, folder: Path
) -> None:
    visits.write(file, kept(TALKS))
    old, new = (folder / f"{record(folder).name}.{turn * 16}.new" for turn in "ab")
    old.write_bytes(b"half")
    os.utime(old, (1_000, 1_000))
    new.write_bytes(b"half")
    visits.write(file, kept(TALKS))
    assert not old.exists()
    assert new.exists()


def test_of_programs_that_write_at_once_the_last_one_wins_and_all_is_whole(
    visits: Visits, file: Path, folder: Path
) -> None:
    pids = []
    for number in range(4):
        pid = os.fork()
        if not pid:
            for turn in range(30):
                visits.write(file, [(f"{number}", b"%d" % turn)] * 200)
            os._exit(0)
        pids.append(pid)
    visits.write(file, kept(TALKS))
    for _ in range(200):
        assert visits.read(file).notice == ""
    assert [os.waitpid(pid, 0)[1] for pid in pids] == [0, 0, 0, 0]
    assert not visits.read(file).first
    assert list(folder.iterdir()) == [record(folder)]


def news_between(old: list[tuple[int, str, bytes]], new: list[tuple[int, str, bytes]]) -> Changes:
    names = distinct_id_fingerprints(id_ for _, id_, _ in old)
    return changes_since(
        new,
        Header(title="x"),
        Seen(dict(zip(names, (print_ for _, _, print_ in old), strict=True)), folder="there"),
    )


def test_a_first_visit_shows_no_changes(visits: Visits, file: Path, folder: Path) -> None:
    news = changes_since(fingerprints(TALKS), Header(title="x"), visits.read(file))
    assert news == Changes(first=True, folder=str(folder))
    assert not news


def test_added_changed_and_removed_events_are_listed_by_key() -> None:
    edited = msgspec.structs.replace(VOTE, text="More", quotes=())
    third = event("2024-03-01", "Third", id="third")
    news = news_between(
        fingerprints(event("1990", "Gone", id="gone"), TALKS, VOTE), fingerprints(TALKS, third, edited)
    )
    both = (Change("event", "changed", ("text",)), Change("quote", "removed"))
    assert news
    assert news == Changes({1: (Change("event", "added"),), 2: both}, removed=1, folder="there")
    assert [news.is_added(key) for key in range(3)] == [False, True, False]


def test_only_differing_fingerprints_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline_tui.answers.changes.changes_between", None)
    assert not news_between(fingerprints(TALKS, VOTE), fingerprints(VOTE, TALKS))


def test_keys_are_given_in_their_order_whatever_the_order_of_the_file() -> None:
    edited = [(key, id_, b"\x91\x81\x01\x02") for key, id_, _ in reversed(fingerprints(TALKS, VOTE))]
    assert list(news_between(fingerprints(TALKS, VOTE), edited).changed) == [0, 1]


def test_an_event_known_by_its_title_is_the_same_under_another_title() -> None:
    corrected = msgspec.structs.replace(VOTE, id="another-vote", title="Another vote")
    news = news_between(fingerprints(TALKS, VOTE), fingerprints(TALKS, corrected))
    assert news == Changes({1: (Change("event", "changed", ("title",)),)}, folder="there")


def test_an_event_under_another_id_is_not_new() -> None:
    assert not news_between(
        fingerprints(TALKS, VOTE), fingerprints(TALKS, msgspec.structs.replace(VOTE, id="ballot"))
    )


def test_two_events_of_one_id_are_two() -> None:
    other = msgspec.structs.replace(VOTE, id="talks")
    assert not news_between(fingerprints(TALKS, other), fingerprints(TALKS, other))
    assert news_between(fingerprints(TALKS, other), fingerprints(TALKS)).removed == 1
    assert len(set(distinct_id_fingerprints(["a"] * 1_000))) == 1_000


def test_an_unreadable_stored_fingerprint_is_a_change_of_unknown_fields() -> None:
    old = [(0, "talks", b"\xc1"), (1, "lost", b"\x92\x80\x91" + b"\x91" * 200_000)]
    news = news_between(old, fingerprints(TALKS, VOTE))
    assert news.changed == {0: (Change("event", "changed"),), 1: (Change("event", "added"),)}
    assert news.removed == 1


def test_a_visit_without_changes_updates_the_time_of_the_last_visit(folder: Path, tmp_path: Path) -> None:
    visits = Visits(folder, most_files=2)
    for number in range(2):
        written(folder, visits, tmp_path / str(number), 1_000 + number, kept(TALKS))
    visits.touch(tmp_path / "0")
    visits.touch(tmp_path / "never seen")
    visits.write(tmp_path / "2", kept(TALKS))
    assert [visits.read(tmp_path / str(number)).first for number in range(3)] == [False, True, False]


def test_a_file_is_visited_for_the_first_time_until_a_visit_is_kept(
    file: Path,
    own_folders: Path,  # noqa: ARG001  the user's folders are the test's own
) -> None:
    assert is_first_visit(file)
    assert not Visits.of_user().write(file, [("talks", event_fingerprint(TALKS))])
    assert not is_first_visit(file)


@pytest.mark.parametrize("name", ["-", "a\0b"])
def test_standard_input_and_impossible_paths_are_no_first_visit(name: str) -> None:
    assert not is_first_visit(Path(name))
