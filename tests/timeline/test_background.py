"""Results that take long are worked out in a background thread; a newer request replaces an older one."""

from __future__ import annotations

from queue import SimpleQueue
from threading import Event
from typing import TYPE_CHECKING

from bench.generate import timeline
from tests.support.screens import HARBOUR, TODAY
from timeline_tui.loading.opened import open_timeline
from timeline_tui.query.language import Query, parse_query
from timeline_tui.timeline.background import ViewRequest, ViewResult, ViewWorker
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from timeline_tui.timeline.actor_counts import ActorCount


def query(text: str, view: View) -> Query:
    return parse_query(text, view.vocabulary).query


def test_results_of_the_background_thread_are_those_of_the_view_itself(tmp_path: Path) -> None:
    path = tmp_path / "long.yaml"
    path.write_text("".join(timeline(2_000)), encoding="utf-8")
    whole = View(open_timeline(path, today=TODAY).index, today=TODAY)
    heard: SimpleQueue[ViewResult] = SimpleQueue()
    worker = ViewWorker(heard.put)
    for filter_, find in (("convoy", ""), ("actor:actor-1 has:quotes", "harbour"), ("", "convoy")):
        requested = whole.with_query(query(filter_, whole))
        worker.request(ViewRequest(requested, query(find, whole)))
        results = heard.get()
        while not results.counted:
            assert results.view.is_ready
            results = heard.get()
        here = View(whole.index, requested.query, TODAY)
        assert results.view is requested
        assert (requested.keys, requested.span, requested.breaks) == (here.keys, here.span, here.breaks)
        assert requested.actors() == here.actors()
        assert list(results.found) == (list(here.find(query(find, whole))) if find else [])


def test_of_many_requests_the_last_is_answered_and_no_replaced_one_after_it(tmp_path: Path) -> None:
    path = tmp_path / "long.yaml"
    path.write_text("".join(timeline(2_000)), encoding="utf-8")
    whole = View(open_timeline(path, today=TODAY).index, today=TODAY)
    heard: SimpleQueue[ViewResult] = SimpleQueue()
    worker = ViewWorker(heard.put)
    views = [whole.with_query(query("convoy"[:size], whole)) for size in range(1, 7)] * 5
    requests = [ViewRequest(view, Query()) for view in views]
    for request in requests:
        worker.request(request)
    while (results := heard.get()).request is not requests[-1] or not results.counted:
        pass
    assert heard.empty()
    assert results.view.count == View(whole.index, query("convoy", whole), TODAY).count


def test_the_whole_timeline_has_its_results_in_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "long.yaml"
    path.write_text("".join(timeline(500)), encoding="utf-8")
    index = open_timeline(path, today=TODAY).index
    view = View(index, today=TODAY)
    assert view.is_ready
    assert view.is_counted
    known = (view.span, view.breaks, view.actors())
    monkeypatch.setattr(index, "kept", lambda _: None)
    afresh = View(index, today=TODAY)
    assert not afresh.is_ready
    assert known == (afresh.span, afresh.breaks, afresh.actors())


def test_a_query_of_an_index_is_never_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    index = open_timeline(HARBOUR, today=TODAY).index
    interrupted: list[None] = []
    monkeypatch.setattr(index, "interrupt", lambda: interrupted.append(None))
    heard: SimpleQueue[ViewResult] = SimpleQueue()
    worker = ViewWorker(heard.put)
    for word in ("wall", "vote", "mayor"):
        worker.request(ViewRequest(View(index, query(word, View(index)), TODAY), Query()))
        while not heard.get().counted:
            pass
    worker.close()
    assert interrupted == []


def test_counting_stops_between_two_actors_when_another_view_is_requested(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = View(open_timeline(HARBOUR, today=TODAY).index, today=TODAY)
    counted: list[str] = []
    count = View.counting
    worker = ViewWorker(lambda _: None)
    first, second = (ViewRequest(whole.with_query(query(word, whole)), Query()) for word in ("wall", "vote"))
    done = Event()

    def counting(view: View) -> Iterator[ActorCount]:
        for actor in count(view):
            counted.append(f"{view.query} {actor.id}")
            if len(counted) == 1:
                worker.request(second)
            yield actor
        done.set()

    monkeypatch.setattr(View, "counting", counting)
    worker.request(first)
    done.wait()
    worker.close()
    assert [line.split()[0] for line in counted].count("wall") == 1
    assert [line.split()[0] for line in counted].count("vote") == len(whole.actors())
