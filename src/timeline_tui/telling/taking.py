"""What is shown as a step of a story, to be added to the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_tui.dates.date import edtf_of_day

if TYPE_CHECKING:
    from timeline_tui.telling.path import ShownStep


def step_of(shown: ShownStep) -> dict[str, object]:
    """The fields of a step that shows the same: texts and lists of texts, in the order of the format.

    A topic or a picture stands in the place of the event. A quote without an id in the file is left out.
    """
    view = shown.view
    step: dict[str, object] = {}
    if shown.topic:
        step["topic"] = shown.topic
    elif shown.picture:
        step["picture"] = shown.picture
    elif shown.key >= 0:
        event = view.event(shown.key)
        step["event"] = event.id
        id_ = event.quotes[shown.quote].id if 0 <= shown.quote < len(event.quotes) else ""
        if id_:
            step["quote"] = id_
    if shown.text:
        step["text"] = shown.text
    if view.known_on is not None:
        step["known_on"] = edtf_of_day(view.known_on)
    if view.without:
        step["without"] = sorted(view.without)
    if view.query:
        step["filter"] = str(view.query)
    return step
