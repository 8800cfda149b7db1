"""What falls in the bundled story with a source is what a person counts by hand from its file.

Counted is from its YAML as plain data, by the words of `docs/format.md`, *Support*, alone.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

from tests.support.screens import BUNDLED, TODAY
from timeline_tui.answers.support import fallen_statements
from timeline_tui.cli.main import main
from timeline_tui.loading.opened import open_timeline
from timeline_tui.reading.plain_yaml import plain_documents
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

Plain = dict[str, Any]

ARTICLE = ("article-news", "article-satire")
COUNTED = {
    "invasion": "quote claim",
    "us-alleges-purchase": "quote claim",
    "treaty-signing": "quote claim claim",
    "duma-vote": "quote claim",
    "units-in-kursk": "quote quote quote",
    "nato-confirms": "quote quote claim",
    "icbm-launch": "quote claim",
    "blinken-8000": "quote quote quote claim claim claim",
    "choe-lavrov-talks": "wording quote quote quote quote quote quote quote claim",
    "choe-on-nuclear-forces": "quote quote quote quote quote claim",
    "article": "quote quote quote quote quote quote quote quote quote quote quote quote",
    "us-election": "quote",
    "federation-council-vote": "quote quote quote claim",
}
"""The statements that rest only on the article, by their events, read in the file one after another."""


@cache
def story() -> Plain:
    (data,) = plain_documents(BUNDLED.read_bytes()).data
    assert isinstance(data, dict)
    return data


@cache
def whole() -> View:
    return View(open_timeline(BUNDLED, today=TODAY).index, today=TODAY)


def cited(record: Plain, key: str = "sources") -> list[str]:
    found = record.get(key) or []
    found = [found] if isinstance(found, str) else found
    return [each if isinstance(each, str) else each["id"] for each in found]


def history(record: Plain, key: str) -> list[Plain]:
    return [each for each in record.get(key, ()) if isinstance(each, dict)]


def statements(event: Plain) -> Iterator[tuple[str, list[str]]]:
    """The statements of an event, each with the sources that it rests on."""
    own = cited(event)
    said = [(kind, each) for kind in ("quote", "claim") for each in event.get(f"{kind}s", ())]
    yield "event", own or [id_ for _, each in said for id_ in cited(each)]
    yield from (("status", cited(each)) for each in history(event, "status"))
    yield from (("update", cited(each)) for each in event.get("updates", ()))
    yield from (("outcome", cited(each) or own) for each in history(event, "outcome"))
    for kind, each in said:
        rests = cited(each) or own
        yield kind, rests
        yield from (("wording", cited(wording) or rests) for wording in each.get("wordings", ()))
        yield from (("status", cited(entry)) for entry in history(each, "status"))


def is_gone(id_: str, taken: tuple[str, ...]) -> bool:
    source = story()["sources"].get(id_, {})
    repeats = cited(source, "derived_from")
    return (
        id_ in taken
        or "retracted" in source
        or (bool(repeats) and all(is_gone(each, taken) for each in repeats))
    )


def counted(*taken: str) -> dict[str, Counter[str]]:
    """How many statements fall, by event and kind."""
    found = {
        event["id"]: Counter(
            kind for kind, rests in statements(event) if rests and all(is_gone(id_, taken) for id_ in rests)
        )
        for event in story()["events"]
    }
    return {id_: counts for id_, counts in found.items() if counts}


def test_without_the_article_falls_what_is_counted_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    by_hand = {id_: Counter(kinds.split()) for id_, kinds in COUNTED.items()}
    assert counted(*ARTICLE) == by_hand
    view = whole().without_sources(ARTICLE)
    shown: dict[str, Counter[str]] = {}
    for each in fallen_statements(view, 1_000):
        kind = "wording" if "wordings" in each.path else str(each.path[0]).removesuffix("s")
        shown.setdefault(view.event(each.key).id, Counter())[kind] += 1
    assert shown == by_hand
    assert main(["list", str(BUNDLED), *(word for id_ in ARTICLE for word in ("--without", id_))]) == 0
    assert "55 statements fallen" in capsys.readouterr().out
    assert (
        main(["list", str(BUNDLED), "--show", "sources", "--width", "200", "--without", "article-news"]) == 0
    )
    assert "24 statements fall: 16 quotes, 8 claims." in capsys.readouterr().out


def test_with_each_source_of_the_story_falls_what_is_counted_from_its_file() -> None:
    for id_ in story()["sources"]:
        by_kind = sum(counted(id_).values(), Counter[str]())
        assert whole().without_sources([id_]).fallen_counts() == by_kind, id_
