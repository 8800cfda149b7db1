from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.pty_session import PROGRAM, PtySession
from tests.support.stories import TODAY
from timeline_tui.cli.edit import completions
from timeline_tui.cli.main import main
from timeline_tui.editing.adding import KnownRecords, NewRecords, event_of, known_records
from timeline_tui.editing.interview import Interview, command_line, new_actor, new_source
from timeline_tui.editing.naming import with_ids
from timeline_tui.editing.questions import questions
from timeline_tui.editing.starter import STARTER
from timeline_tui.errors import UsageError
from timeline_tui.reading.reader import read_text

if TYPE_CHECKING:
    from collections.abc import Sequence

KNOWN = known_records(STARTER.encode())
NOBODY = KnownRecords(frozenset(), {}, {}, (), ())


class Answers:
    """A user who types prepared answers, and then Ctrl+D."""

    def __init__(self, *answers: str) -> None:
        self.left = list(answers)
        self.prompts: list[str] = []
        self.shown: list[str] = []
        self.choices: list[Sequence[str]] = []

    def ask(self, prompt: str, choices: Sequence[str] = ()) -> str:
        self.prompts.append(prompt)
        self.choices.append(choices)
        if not self.left:
            raise EOFError
        return self.left.pop(0)

    def show_line(self, line: str) -> None:
        self.shown.append(line)


def asked(asks: Answers, known: KnownRecords = KNOWN, **given_answers: str) -> Interview:
    names = {question.name: "" for question in questions()}
    # Nothing is known of status, links, claims, quotes and when it became public, if a test says nothing.
    asks.left += [""] * 5
    interview = Interview(known, {**names, **given_answers}, NewRecords({}, {}), asks, today=TODAY)
    interview.run()
    assert not asks.left
    return interview


def test_an_invalid_answer_is_reported_at_its_prompt_and_asked_again() -> None:
    asks = Answers("14 Julember 1789", "", "14 July 1789", " ", "Storming", *[""] * 6)
    interview = asked(asks)
    assert [prompt.partition(" ")[0] for prompt in asks.prompts[:5]] == [
        "Date",
        "Date",
        "Date",
        "What",
        "What",
    ]
    assert asks.shown[0].startswith("not a date")
    assert asks.shown[1:] == [
        "a new event needs a date",
        "date 1789-07-14: 14 July 1789",
        "a new event needs a title",
    ]
    assert event_of(interview.answers, KNOWN, today=TODAY).event["title"] == "Storming"


def test_invalid_answers_are_found_for_every_question() -> None:
    asks = Answers("2020", "half \ud800", "x", *[""] * 6)
    asked(asks)
    assert "half a character" in asks.shown[1]


def test_a_missing_actor_is_added_with_its_kind() -> None:
    asks = Answers(
        "1789",
        "x",
        "",
        "",
        "",
        "Louis XVI: king, Ada Brown, necker",
        "king",
        "per",
        "o",
        "org",
        "Jacques Necker",
        "the minister Necker",
        "Necker",
        "",
        "",
    )
    interview = asked(asks)
    assert "a short name has at most 12 cells; this one has 19" in asks.shown
    assert interview.answers["actors"] == "louis-xvi: king, engineer, necker"
    assert interview.new_records.actors == {
        "louis-xvi": {"name": "Louis XVI", "kind": "person"},
        "necker": {"name": "Jacques Necker", "kind": "organisation", "short": "Necker"},
    }
    assert "there is no actor Louis XVI in the file yet" in asks.shown
    assert sum(line.startswith("type one of: person, state") for line in asks.shown) == 2


def test_an_actor_can_be_skipped_or_typed_again_and_unused_actors_are_not_added() -> None:
    asks = Answers("1789", "x", "", "", "", "counsil", "skip", "", "")
    interview = asked(asks)
    assert (interview.answers["actors"], interview.new_records.actors) == ("", {})
    assert "did you mean council?" in " ".join(asks.shown)
    asks = Answers("1789", "x", "", "", "", "Ann, counsil", "person", "", "council", "", "")
    interview = asked(asks)
    assert (interview.answers["actors"], interview.new_records.actors) == ("council", {})


def test_a_missing_source_is_added_with_its_address() -> None:
    asks = Answers(
        "1789",
        "x",
        "",
        "",
        "",
        "",
        "",
        "Le Moniteur: page 4, https://example.org/x?a=b:c",
        "add",
        "ftp://x",
        "https://example.org/m",
        "a",
        "A page",
    )
    interview = asked(asks)
    assert interview.answers["sources"] == "le-moniteur: page 4, a-page"
    assert interview.new_records.sources == {
        "le-moniteur": {"title": "Le Moniteur", "url": "https://example.org/m"},
        "a-page": {"title": "A page", "url": "https://example.org/x?a=b:c"},
    }
    assert any("ftp://x is not a valid http(s) URL" in line for line in asks.shown)


def test_given_answers_are_checked_and_asked_again_only_if_invalid() -> None:
    asks = Answers("2020", "x", "", "", "", "")
    interview = asked(asks, date="soonish", actors="council", tags="a")
    assert interview.answers["date"] == "2020"
    assert [prompt.partition(" ")[0] for prompt in asks.prompts] == [
        "Date",
        "What",
        "Kind",
        "Place",
        "What",
        "Sources",
        "When",
        "Status",
        "A",
        "A",
        "Links",
    ]


def test_who_says_so_and_since_when_is_asked_of_a_status_and_the_original_of_a_translated_quote() -> None:
    asks = Answers(
        *("2024-11-01", "x", *[""] * 6, "", "doubtful", "claimed", "council", "2 Nov 2024"),
        *("Ada Brown: It stands, we hope.", "en", "fr", "Il est debout.", "", ""),
    )
    names = {question.name: "" for question in questions()}
    interview = Interview(KNOWN, names, NewRecords({}, {}), asks, today=TODAY)
    interview.run()
    assert not asks.left
    assert any("type one of: confirmed, claimed" in line for line in asks.shown)
    made = event_of(interview.answers, KNOWN, today=TODAY).event
    assert made["status"] == [{"is": "claimed", "by": ["council"], "known": "2024-11-02"}]
    assert made["quotes"] == [
        {
            "speaker": "engineer",
            "text": "It stands, we hope.",
            "language": "en",
            "translated_from": "fr",
            "wordings": [{"text": "Il est debout.", "language": "fr", "original": True}],
        }
    ]


def test_a_claim_is_checked_at_its_question_and_its_speaker_is_added() -> None:
    known = KNOWN._replace(topics={"cost": ("What did it cost?",)})
    asks = Answers(
        "2020", "x", *[""] * 9, "cost: 8000", "price: 8000, by council", "What did it cost?: 1, by Nobody",
        "person", "next-to", f"next-to: {min(known.events)}",
    )  # fmt: skip
    names = {question.name: "" for question in questions()}
    interview = Interview(known, names, NewRecords({}, {}), asks, today=TODAY)
    interview.run()
    assert any("a claim is a topic" in line for line in asks.shown)
    assert any("no topic price" in line for line in asks.shown)
    assert any("a link is how" in line for line in asks.shown)
    assert interview.answers["claim"] == "cost: 1, by nobody"
    assert set(interview.new_records.actors) == {"nobody"}


def test_a_new_actor_can_have_a_short_name() -> None:
    new_records = NewRecords({}, {})
    new_actor("Louis XVI / Louis: person", KNOWN, new_records)
    assert new_records.actors == {"louis-xvi": {"name": "Louis XVI", "short": "Louis", "kind": "person"}}
    assert "--new-actor 'Louis XVI / Louis: person'" in command_line("x.yaml", {}, new_records)
    with pytest.raises(UsageError, match="an actor has no short name"):
        new_actor("Louis XVI / Louis: person", KNOWN._replace(version=""), new_records)


def test_names_and_ids_that_exist_are_offered_for_completion() -> None:
    asks = Answers("1789", "x", *[""] * 6)
    asked(asks)
    actors = asks.choices[5]
    assert {"council", "Town council", "engineer", "Ada Brown", "A. Brown"} == set(actors)
    assert set(asks.choices[2]) == {"statement", "vote"}
    assert completions(" ada", actors) == [" Ada Brown"]
    assert completions("", ["a", "b"]) == ["a", "b"]


def test_a_hidden_name_is_never_offered() -> None:
    asks = Answers("1789", "x", *[""] * 6)
    asked(asks, NOBODY._replace(actors={"a": ("\x1b[2J", "A, B", "C: D", "fine")}))
    assert set(asks.choices[5]) == {"a", "fine"}


def test_a_name_that_two_records_share_is_not_accepted() -> None:
    known = NOBODY._replace(actors={"a": ("Smith",), "b": ("smith",)})
    assert with_ids("Smith", known.actors) == "Smith"
    with pytest.raises(UsageError, match="did you mean a or b"):
        event_of({"date": "2020", "title": "x", "actors": "Smith"}, known, today=TODAY)


TEXTS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8).map(
    lambda text: f"x{text}".replace(",", "").replace(":", "").replace("=", "")
)


@given(st.dictionaries(st.sampled_from(["title", "place", "text"]), TEXTS), TEXTS, TEXTS)
def test_the_printed_command_line_makes_the_same_event(
    answers: dict[str, str], actor: str, source: str
) -> None:
    new_records = NewRecords({}, {})
    new_actor(f"{actor}: media", NOBODY, new_records)
    new_source(f"{source} https://example.org/x", NOBODY, new_records)
    (actor_id,), (source_id,) = new_records.actors, new_records.sources
    words = shlex.split(command_line("-f.yaml", {**answers, "actors": actor_id}, new_records))
    again = NewRecords({}, {})
    new_actor(words[words.index("--new-actor") + 1], NOBODY, again)
    new_source(words[words.index("--new-source") + 1], NOBODY, again)
    assert again == new_records
    for name, answer in answers.items():
        assert words[words.index(f"--{name}") + 1] == answer
    assert words[-2:] == ["--", "-f.yaml"]
    assert source_id in new_records.sources


@pytest.mark.parametrize(
    ("text", "words"),
    [("Louis XVI", "write it like"), ("Louis: king", "kinds are person"), (": person", "write it like")],
)
def test_an_invalid_new_actor_is_refused_with_an_example(text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        new_actor(text, KNOWN, NewRecords({}, {}))


def test_a_new_source_needs_a_title() -> None:
    with pytest.raises(UsageError, match="write it like"):
        new_source("https://example.org", KNOWN, NewRecords({}, {}))


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.yaml"
    path.write_text("title: Revolution\n", encoding="utf-8")
    return path


def test_without_a_terminal_the_error_says_how_to_add_a_missing_actor(
    story: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["add", str(story), "--date", "1789", "--title", "x", "--actors", "Louis XVI: king"]
    assert main(words) == 2
    told = capsys.readouterr().err
    assert "there is no actor Louis XVI in the file; to add it with the event, use --new-actor" in told
    assert story.read_text(encoding="utf-8") == "title: Revolution\n"
    hint = shlex.split(told.partition("use --new-actor")[2])[0]
    assert main([*words, "--new-actor", hint, "--new-source", "S", "--sources", "s"]) == 0
    reading = read_text(bytearray(story.read_bytes()), "x")
    assert reading.header
    assert reading.header.actors["louis-xvi"].kind == "person"
    assert reading.events[0].actors == {"louis-xvi": "king"}


def is_waiting(process: int) -> bool:
    """Whether a process is waiting, according to Linux."""
    return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "S"


def typed(session: PtySession, *answers: str) -> None:
    for answer in answers:
        session.write(f"{answer}\r".encode())


def test_an_event_and_its_actors_are_added_in_a_terminal(story: Path) -> None:
    with PtySession([*PROGRAM, "add", str(story)], cols=120) as session:
        session.wait_for("Date")
        typed(session, "14 Julember 1789", "14 July 1789", "Storming of the Bastille", "", "Paris", "")
        typed(
            session,
            "Louis XVI: king, de Launay",
            "person",
            "p",
            "revolution",
            "Le Moniteur",
            "add",
            *[""] * 6,
        )
        assert session.exit_code() == 0
        assert "date 1789-07-14: 14 July 1789" in session.text
    assert story.read_text(encoding="utf-8") == (
        "title: Revolution\n"
        "sources:\n  le-moniteur:\n    title: Le Moniteur\n"
        "actors:\n  louis-xvi:\n    name: Louis XVI\n    kind: person\n"
        "  de-launay:\n    name: de Launay\n    kind: person\n"
        "events:\n  - id: storming-of-the-bastille\n    date: 1789-07-14\n"
        "    title: Storming of the Bastille\n"
        '    place: Paris\n    actors:\n      louis-xvi: king\n      de-launay: ""\n'
        "    tags: [revolution]\n    sources: [le-moniteur]\n"
    )


@pytest.mark.parametrize("key", [b"\x03", b"\x04"], ids=["ctrl+c", "ctrl+d"])
def test_answers_can_be_copied_after_the_interview_is_cancelled(story: Path, key: bytes) -> None:
    with PtySession([*PROGRAM, "add", str(story)], cols=200) as session:
        session.wait_for("Date")
        typed(
            session,
            "14 July 1789",
            "Storming of the Bastille",
            "",
            "",
            "",
            "Louis XVI: king, necker",
            "person",
        )
        session.wait_for("no actor necker")
        session.wait_for("kind of the new actor", after=session.output.rindex(b"no actor necker"))
        # Python's readline does not hear a Ctrl+C between its prompt and its waiting for a key.
        while not is_waiting(session.pid):
            pass
        session.write(key)
        assert session.exit_code() == 130
        assert "not written" in session.text
        line = next(line for line in session.text.splitlines() if line.startswith("timeline-tui add"))
    assert shlex.split(line)[2:] == [
        "--new-actor", "Louis XVI: person", "--date", "1789-07-14", "--title", "Storming of the Bastille",
        "--actors", "Louis XVI: king, necker", str(story),
    ]  # fmt: skip
    assert story.read_text(encoding="utf-8") == "title: Revolution\n"


def test_tab_completes_a_name_of_the_file(story: Path) -> None:
    story.write_text(STARTER, encoding="utf-8")
    with PtySession([*PROGRAM, "add", str(story)], cols=120) as session:
        session.wait_for("Date")
        typed(session, "2025", "x", "", "", "")
        session.wait_for("Actors")
        session.write(b"coun\t: host, ad\t\r")
        typed(session, *[""] * 7)
        assert session.exit_code() == 0
    event = read_text(bytearray(story.read_bytes()), "x").events[-1]
    assert event.actors == {"council": "host", "engineer": ""}


def test_answers_can_be_copied_if_the_file_cannot_be_changed(story: Path) -> None:
    with PtySession([*PROGRAM, "add", str(story)], cols=200) as session:
        session.wait_for("Date")
        story.write_text("title: 'broken\n", encoding="utf-8")
        typed(session, "1789", "Storming", *[""] * 11)
        assert session.exit_code() == 2
        assert f"timeline-tui add --date 1789 --title Storming {story}" in session.text
    assert story.read_text(encoding="utf-8") == "title: 'broken\n"


def test_a_file_that_cannot_take_an_event_is_reported_before_the_first_question(story: Path) -> None:
    story.write_text("title: x\nevents: [{title: a, date: 2020}]\n", encoding="utf-8")
    with PtySession([*PROGRAM, "add", str(story)], cols=200) as session:
        assert session.exit_code() == 2
        assert "each event begins on a line of its own, with a dash" in session.text
        assert "Date" not in session.text
