"""Events with links between them: chains, and graphs made by hypothesis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.support.stories import event, story

if TYPE_CHECKING:
    from timeline_tui.drawing.lines import Line
    from timeline_tui.timeline.view import View


def linked(*events: tuple[str, str, dict[str, tuple[str, ...]]]) -> View:
    """A story of events with an id, which is their title too, a date and links."""
    return story(*(event(date, id_, id=id_, links=links) for id_, date, links in events))


def key(view: View, id_: str) -> int:
    found = view.key_of(id_)
    assert found is not None
    return found


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


def chain(length: int) -> View:
    links: list[dict[str, tuple[str, ...]]] = [{"leads-to": (f"e{place}",)} for place in range(1, length)]
    return linked(*((f"e{place}", "2024-01-01", step) for place, step in enumerate([*links, {}])))


IDS = "abcdefgh"


GRAPHS = st.lists(
    st.tuples(
        st.sampled_from(IDS),
        st.sampled_from(["leads-to", "responds-to", "part-of", "supports"]),
        st.sampled_from(IDS),
    ),
    max_size=25,
)


DATES = st.lists(
    st.sampled_from(["2023", "2024-01-01", "2024-05-01", "2024-05", "2022/.."]), min_size=8, max_size=8
)


def graph(edges: list[tuple[str, str, str]], dates: list[str]) -> View:
    links: dict[str, dict[str, tuple[str, ...]]] = {id_: {} for id_ in IDS}
    for origin, relation, target in edges:
        links[origin][relation] = (*links[origin].get(relation, ()), target)
    return linked(*((id_, date, links[id_]) for id_, date in zip(IDS, dates, strict=True)))
