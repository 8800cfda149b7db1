from __future__ import annotations

from tests.support.stories import event, story
from timeline_tui.dates.date import parse_date
from timeline_tui.model.records import Claim, Postponement

PLANNED = event(
    "2024-05-01",
    "A visit",
    known=parse_date("2024-04-01"),
    postponed=(Postponement(date=parse_date("2024-02-01"), known=parse_date("2024-01-01")),),
)


SAID = event(
    "2024-03-01",
    "A figure",
    actors={"russia": "", "lavrov": ""},
    claims=(Claim(about="troops", by="russia", value="1"),),
    known=parse_date("2024-01-01"),
)


def test_events_are_on_their_planned_days() -> None:
    view = story(PLANNED, SAID)
    then = view.known_by(parse_date("2024-01-15").earliest)
    assert [shown.date_of(1).text for shown in (view, then)] == ["2024-05-01", "2024-02-01"]
    assert [list(shown.chronological([0, 1])) for shown in (view, then)] == [[0, 1], [1, 0]]
    planned = parse_date("2024-02-01").earliest
    assert then.days_as_known()(1) == (planned, planned)
    russian = [list(shown.chronological(shown.keys_with("actor", "russia"))) for shown in (view, then)]
    assert russian == [[0], [0]]
    assert list(then.keys) == list(then.chronological(range(2)))
