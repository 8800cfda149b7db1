"""What an exporter makes of a view: text, and what of the view the other format has no place for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_tui.model.records import Event
    from timeline_tui.timeline.view import View


@dataclass
class Exported:
    """A text for a file, UTF-8 with the line ends that the format wants."""

    text: str
    lost: Counter[str] = field(default_factory=Counter)
    """What was left out, in words for people in the plural (`quotes`, `other wordings`), and how often."""
    notes: list[str] = field(default_factory=list)
    """What else somebody who opens the file in its program had better know, each a sentence's worth."""


def events_of(view: View) -> Iterator[Event]:
    """The events of a view in its order, as they are known under its clock."""
    return map(view.event, view.keys)
