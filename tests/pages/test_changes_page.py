"""What is new since the last visit, as it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from tests.support.screens import BUNDLED, TODAY
from tests.support.stories import event, quote, shown, story
from timeline_tui.answers.changes import Changes, changes_since, visit_fingerprints
from timeline_tui.dates.date import parse_date
from timeline_tui.drawing.lines import Target
from timeline_tui.index.index import Index
from timeline_tui.loading.opened import open_timeline
from timeline_tui.model.fingerprints import Change, event_fingerprint
from timeline_tui.model.records import Citation, Claim, Event, Header, Wording
from timeline_tui.pages.changes import MOST_LINES, TITLE, changes_page
from timeline_tui.query.language import parse_query
from timeline_tui.reading.reader import read_text
from timeline_tui.storage.visits import Seen, distinct_id_fingerprints
from timeline_tui.text.cells import cells
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline_tui.pages.page import Page

MEET = event(
    "2024-11-01",
    "Choe and Lavrov meet",
    id="meet",
    quotes=(
        quote("lavrov", "Good day", sources=(Citation("tass-1"),)),
        quote(
            "choe-son-hui",
            "We stand with you until victory",
            wordings=(Wording(text="Мы с вами до победы", language="ru", sources=(Citation("nyt-1"),)),),
        ),
    ),
    claims=(Claim(about="troops", by="tass", value="8000..10000", sources=(Citation("tass-1"),)),),
)
VOTE = event("2024-11-06", "A vote", id="vote", status="disputed", by=("tass",))
FOLDER = "/home/ann/.local/state/timeline-tui/visits"


def fingerprints(events: Sequence[Event]) -> list[tuple[int, str, bytes]]:
    return [(key, told.id, event_fingerprint(told)) for key, told in enumerate(events)]


def since(old: Sequence[Event], new: Sequence[Event]) -> Changes:
    """What is new in a file that held `old` at the last visit."""
    names = distinct_id_fingerprints(told.id for told in old)
    return changes_since(
        fingerprints(new),
        Header(title="x"),
        Seen(dict(zip(names, map(event_fingerprint, old), strict=True)), folder=FOLDER),
    )


def edited(told: Event, **fields: Any) -> Event:  # noqa: ANN401  any field of an event
    return msgspec.structs.replace(told, **fields)


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def details(old: Event, new: Event, width: int = 100) -> list[str]:
    """What is told below an event that has changed."""
    return texts(changes_page(story(new), since([old], [new]), width))[3:]


def test_the_first_visit_says_what_is_kept_and_where() -> None:
    page = changes_page(story(MEET), Changes(first=True, folder=FOLDER), 80)
    assert page.title == TITLE == "New since the last visit"
    said = " ".join(texts(page))
    assert said.startswith("This is the first visit.")
    assert "topics, places and stories are kept, but no text" in said
    assert "nothing is written into the file itself" in said
    assert texts(page)[-1] == FOLDER


def test_a_damaged_record_is_reported_and_the_visit_counts_as_the_first() -> None:
    notice = "what changed since the last visit is unknown: the stored file is damaged"
    page = changes_page(story(MEET), Changes(first=True, notice=notice, folder=FOLDER), 100)
    assert texts(page)[:2] == [
        "What changed since the last visit is unknown: the stored file is damaged.",
        "So this counts as the first visit.",
    ]


def test_visits_of_standard_input_are_not_remembered() -> None:
    page = changes_page(story(MEET), Changes(first=True), 100)
    assert texts(page) == ["Visits of standard input are not remembered."]


def test_a_visit_without_changes_says_so() -> None:
    page = changes_page(story(MEET), since([MEET], [MEET]), 100)
    assert texts(page) == ["Nothing was added, changed or removed since the last visit."]


def test_an_added_event_is_shown_with_date_status_and_counts() -> None:
    page = changes_page(story(MEET, VOTE), since([], [MEET, VOTE]), 100)
    assert texts(page) == [
        "Events: 2 added.",
        "",
        "+ added    1 November 2024  Choe and Lavrov meet",
        "    with 2 quotes, 1 claim",
        "",
        "+ added    6 November 2024  A vote (scheduled, claimed by TASS)",
    ]
    assert page.lines[2].targets == (Target(0),)
    assert page.lines[5].targets == (Target(1),)


def test_the_fields_of_a_changed_event_are_named() -> None:
    new = edited(MEET, text="More", date=parse_date("2024-11-02"), extra={"weather": "rain"})
    assert details(MEET, new) == ["    event changed: date, text, other keys"]
    page = changes_page(story(new), since([MEET], [new]), 100)
    assert texts(page)[:3] == [
        "Events: 1 changed.",
        "",
        "~ changed  2 November 2024  Choe and Lavrov meet",
    ]


def test_an_added_quote_is_shown_with_words_and_speaker_and_leads_to_it() -> None:
    new = edited(MEET, quotes=(*MEET.quotes, quote("tass", "They met", sources=(Citation("nyt-1"),))))
    page = changes_page(story(new), since([MEET], [new]), 100)
    assert texts(page)[3:] == ["    quote 3 added: “They met” — TASS"]
    assert page.lines[3].targets == (Target(0, 2, ("nyt-1",)),)


def test_a_changed_quote_is_shown_as_it_is_now_with_the_changed_fields() -> None:
    first = msgspec.structs.replace(MEET.quotes[0], text="Good morning", note="n")
    new = edited(MEET, quotes=(first, MEET.quotes[1]))
    assert details(MEET, new) == ["    quote 1 changed: text, note: “Good morning” — Sergey Lavrov"]


def test_a_paraphrase_and_satire_are_labelled() -> None:
    new = edited(
        MEET,
        quotes=(
            *MEET.quotes,
            quote("tass", "That they met", kind="paraphrase", wordings=(Wording(text="Met"),)),
            quote("tass", "Ha", kind="satire"),
        ),
    )
    assert details(MEET, new) == [
        "    quote 3 added: That they met — TASS (paraphrase)",
        "    quote 4 added: “Ha” — TASS (satire)",
    ]
    third = msgspec.structs.replace(new.quotes[2], wordings=(Wording(text="Met"), Wording(text="Seen")))
    newer = edited(new, quotes=(*new.quotes[:2], third, new.quotes[3]))
    assert details(new, newer) == ["    wording 2 of quote 3 added: Seen"]


def test_wordings_are_shown_with_their_quote_and_language() -> None:
    second = MEET.quotes[1]
    more = msgspec.structs.replace(
        second,
        wordings=(*second.wordings, Wording(text="Nous", language="fr", sources=(Citation("tass-1"),))),
    )
    new = edited(MEET, quotes=(MEET.quotes[0], more))
    page = changes_page(story(new), since([MEET], [new]), 100)
    assert texts(page)[3:] == ["    wording 2 of quote 2 added: “Nous” (French)"]
    assert page.lines[3].targets == (Target(0, 1, ("tass-1",)),)
    assert details(new, MEET) == ["    wording of quote 2 removed (it was wording 2)"]


def test_a_claim_is_shown_with_question_figure_and_speaker() -> None:
    claim = msgspec.structs.replace(MEET.claims[0], value="~9000", sources=())
    new = edited(MEET, claims=(claim,))
    assert details(MEET, new) == [
        "    claim 1 changed: value, sources: How many soldiers? about 9,000 soldiers — TASS"
    ]
    page = changes_page(story(new), since([MEET], [new]), 100)
    assert page.lines[3].targets == (Target(0, claim=0),)


def test_a_removed_part_is_named_by_its_former_number() -> None:
    new = edited(MEET, quotes=MEET.quotes[1:], claims=())
    page = changes_page(story(new), since([MEET], [new]), 100)
    assert texts(page)[3:] == ["    quote removed (it was quote 1)", "    claim removed (it was claim 1)"]
    assert page.lines[3].targets == (Target(0),)


def test_removed_events_are_counted_and_the_page_says_why_they_have_no_name() -> None:
    assert texts(changes_page(story(MEET), since([MEET, VOTE], [MEET]), 100)) == [
        "Events: 1 removed.",
        "1 event was removed. Only its hash was kept, so it cannot be named.",
    ]
    other = event("2024", "Other", id="other")
    page = changes_page(story(MEET), since([MEET, VOTE, other], [MEET]), 100)
    assert texts(page)[1] == "2 events were removed. Only their hashes were kept, so they cannot be named."


def test_an_invalid_fingerprint_is_shown_as_a_change_without_details() -> None:
    news = Changes({0: (Change("event", "changed"),)}, folder=FOLDER)
    assert texts(changes_page(story(MEET), news, 100))[3:] == ["    event changed"]


def test_changed_events_outside_the_filter_are_only_counted() -> None:
    whole = story(MEET, VOTE)
    view = whole.with_query(parse_query("speaker:lavrov", whole.vocabulary).query)
    assert shown(whole, "speaker:lavrov") == ["Choe and Lavrov meet"]
    assert texts(changes_page(view, since([], [MEET, VOTE]), 100))[:4] == [
        "Events: 2 added.",
        "1 of them is outside the events shown.",
        "",
        "+ added    1 November 2024  Choe and Lavrov meet",
    ]


class _Early(View):
    """A view of a day on which the first quote and the outcome were not known yet."""

    def event(self, key: int) -> Event:
        told = self.index.event(key)
        return edited(told, quotes=told.quotes[1:], outcome="", sources=told.sources[:1])


def test_changes_do_not_reveal_what_is_not_known_yet() -> None:
    first, second = MEET.quotes
    new = edited(
        MEET,
        outcome="They agreed",
        sources=(Citation("tass-1"), Citation("nyt-1")),
        quotes=(
            msgspec.structs.replace(first, text="Secret"),
            msgspec.structs.replace(second, note="n", wordings=()),
        ),
    )
    early = _Early(story(new).index, today=TODAY)
    assert texts(changes_page(early, since([MEET], [new]), 100))[3:] == [
        "    quote 1 changed: note: “We stand with you until victory” — Choe Son-hui",
        "    wording of quote 1 removed (it was wording 1)",
        "    2 changes outside of what is shown",
    ]


def test_dates_are_shown_as_the_view_shows_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(View, "date_in_words", lambda _, date: f"T from {date}")
    page = changes_page(story(MEET), since([], [MEET]), 100)
    assert texts(page)[2] == "+ added    T from 2024-11-01  Choe and Lavrov meet"


def test_after_a_limit_of_lines_further_events_are_only_counted() -> None:
    events = [event("2024-01-01", f"Event {number}", id=f"e{number}") for number in range(1_500)]
    page = changes_page(story(*events), since([], events), 60)
    assert MOST_LINES <= len(page.lines) <= MOST_LINES + 10
    assert page.lines[-1].text == "and 500 more events"


HOSTILE = "\x1b[31m[bold]\u202e" + "漢字" * 30 + "👩\u200d👩\u200d👧 " + "x" * 200 + "\n\ttail"


@pytest.mark.parametrize("width", [30, 31, 47, 80, 100, 200])
def test_no_line_is_too_wide_or_contains_control_characters(width: int) -> None:
    told = event(
        "2024-11-01",
        HOSTILE,
        id="a",
        status="disputed",
        by=(HOSTILE,),
        quotes=(quote(HOSTILE, HOSTILE, wordings=(Wording(text=HOSTILE, language="en"),)),),
        claims=(Claim(about=HOSTILE, by=HOSTILE, value=HOSTILE),),
    )
    bare = edited(told, quotes=(msgspec.structs.replace(told.quotes[0], wordings=()),), claims=())
    none = edited(told, quotes=(), claims=())
    pages = [
        changes_page(story(told), since([old], [told]), width)
        for old in (bare, none, edited(told, place="p"))
    ]
    pages.append(changes_page(story(told), since([], [told]), width))
    notice = "what changed since the last visit is unknown: " + "x" * 300
    pages.append(changes_page(story(told), Changes(first=True, notice=notice, folder=FOLDER * 3), width))
    for page in pages:
        for line in page.lines:
            assert cells(line.text) <= width, line
            assert not set(line.text) & {"\x1b", "\u202e", "\n", "\t"}


@pytest.mark.parametrize("width", [30, 100])
def test_every_change_of_the_bundled_story_leads_to_its_event(width: int) -> None:
    view = View(open_timeline(BUNDLED, today=TODAY).index, today=TODAY)
    events = [view.whole_event(key) for key in range(view.total)]
    old = [edited(told, quotes=told.quotes[1:], claims=told.claims[1:]) for told in events[::2]]
    news = since(old, events)
    page = changes_page(view, news, width)
    led = [target.key for line in page.lines for target in line.targets]
    assert sorted(set(led)) == list(news.changed)
    assert led == sorted(led)
    heads = [line for line in page.lines if line.text.startswith(("+ added", "~ changed"))]
    assert len(heads) == len(news.changed)
    assert max(cells(line.text) for line in page.lines) <= width


OLD = """\
format: 1.1
title: T
sources:
  wire: {title: Wire, date: 2024-05-01}
  gone: {title: Gone}
actors:
  ann: {name: Ann, roles: [{role: Minister, from: 2020-01-01}]}
topics:
  many: {question: How many?}
places:
  ford: {name: The Ford}
events:
  - id: shells
    date: 2024-05-01
    title: Shells
    place: ford
    sources: [wire]
    actors: [ann]
    status: [{is: claimed, by: ann}]
    claims: [{about: many, by: ann, value: Few.}]
"""
NEW = """\
format: 1.1
title: T
sources:
  wire: {title: Wire, date: 2024-05-01, retracted: {known: 2024-07-01, by: The Wire}}
  paper: {title: Paper, date: 2024-06-01}
actors:
  ann:
    name: Ann
    roles: [{role: Minister, from: 2020-01-01, until: 2024-06-30}, {role: President, from: 2024-07-01}]
topics:
  many: {question: How many?, settled: {value: Two., known: 2024-07-01}}
places:
  ford: {name: The Ford, updates: [{known: 2024-06-01, text: It was closed.}]}
events:
  - id: shells
    date: 2024-05-01
    title: Shells
    place: ford
    sources: [wire]
    actors: [ann]
    status: [{is: claimed, by: ann}, {is: disputed, by: ann, known: 2024-06-01, sources: [paper]}]
    updates: [{known: 2024-06-01, text: There were three.}]
    claims: [{about: many, by: ann, value: Few., status: [{is: withdrawn, known: 2024-07-01}]}]
"""
LAST_WORDS = "Disputed since 1 June 2024, when Ann disputed it; Learned on 1 June 2024: There were three"


def opened(text: str) -> View:
    reading = read_text(text.encode(), "x.yaml")
    assert isinstance(reading.header, Header)
    return View(Index.build(reading.header, reading.events), today=TODAY)


def news(old: View, new: View) -> Changes:
    rows = list(visit_fingerprints(old.fingerprints(), old.header))
    seen = dict(
        zip(distinct_id_fingerprints(id_ for id_, _ in rows), (print_ for _, print_ in rows), strict=True)
    )
    return changes_since(new.fingerprints(), new.header, Seen(seen, folder=FOLDER))


def test_histories_offices_answers_places_and_retractions_are_told_with_their_last_entry() -> None:
    view = opened(NEW)
    assert texts(changes_page(view, news(opened(OLD), view), 200)) == [
        "Events: 1 changed.",
        "",
        "~ changed  1 May 2024  ∅ Shells (fallen, disputed)",
        f"    event changed: status, updates: {LAST_WORDS}",
        "    claim 1 changed: status: How many? Few. — Ann. Withdrawn since 1 July 2024",
        "",
        "Sources, actors, topics, places and stories",
        "    source Wire changed: retracted: Retracted on 1 July 2024 by The Wire",
        "    source added: Paper",
        "    actor Ann changed: roles: President from 1 July 2024",
        "    topic How many? changed: settled: Settled on 1 July 2024: Two.",
        "    place The Ford changed: updates: Learned on 1 June 2024: It was closed",
        "    1 source was removed",
    ]


def test_under_the_clock_nothing_is_told_of_changes_that_were_not_known() -> None:
    view = opened(NEW)
    page = changes_page(view.known_by(parse_date("2024-05-02").earliest), news(opened(OLD), view), 200)
    told = " ".join(texts(page))
    for later in (
        "July",
        "June",
        "President",
        "Settled",
        "closed",
        "Retracted",
        "ithdrawn",
        "isputed",
        "Paper",
    ):
        assert later not in told
    assert "5 changes outside of what is shown" in told


def test_after_a_visit_that_remembered_events_alone_nothing_is_said_of_sources_and_actors() -> None:
    view = opened(NEW)
    rows = [(id_, print_) for _, id_, print_ in opened(OLD).fingerprints()]
    seen = dict(
        zip(distinct_id_fingerprints(id_ for id_, _ in rows), (print_ for _, print_ in rows), strict=True)
    )
    changes = changes_since(view.fingerprints(), view.header, Seen(seen, folder=FOLDER))
    assert (changes.records, dict(changes.removed_records), changes.removed) == ((), {}, 0)
    assert len(changes.changed) == 1
