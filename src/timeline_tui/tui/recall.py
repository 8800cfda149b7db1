"""What was typed into prompts before: brought back with Up and Down. No Textual here."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST = 200
"""How many texts of one prompt are kept."""


@dataclass
class TypedBefore:
    """The texts that were entered in one kind of prompt, and the one that is shown now."""

    texts: list[str] = field(default_factory=list)
    """The last one last; none comes twice."""
    _place: int | None = None
    _draft: str = ""

    def add(self, text: str) -> None:
        """Remember a text that was entered; blank texts are not."""
        self._place = None
        text = text.strip()
        if text:
            self.texts = [*(other for other in self.texts if other != text), text][-MOST:]

    def begin(self) -> None:
        """The prompt is opened: the first step leads to the last text."""
        self._place = None

    def older(self, shown: str) -> str | None:
        """The text entered before the one that is shown; None if there is none."""
        if self._place is None:
            self._draft = shown
        place = (len(self.texts) if self._place is None else self._place) - 1
        if place >= 0 and self._place is None and self.texts[place] == shown.strip():
            place -= 1
        if place < 0:
            return None
        self._place = place
        return self.texts[place]

    def newer(self) -> str | None:
        """The text entered after the one that is shown, at last what was being typed; None for none."""
        if self._place is None:
            return None
        if self._place + 1 < len(self.texts):
            self._place += 1
            return self.texts[self._place]
        self._place = None
        return self._draft
