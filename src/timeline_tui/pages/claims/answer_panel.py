"""Text answers to a topic's question: a letter an answer, and a grid of speakers and letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_tui.answers.claims import by_speaker
from timeline_tui.drawing.lines import BLANK, Line, Span, count_of, line
from timeline_tui.pages.claims.account import BESIDE, headed
from timeline_tui.text.cells import cells, padded, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline_tui.answers.claims import DatedClaim
    from timeline_tui.pages.claims.account import Answer, TopicClaims

_SIGN = "●"
_GAP = "·"
_NEXT = " → "
_LEAST_BESIDE = 24
"""Cells that days need to stand beside the grid."""


def answer_panel(account: TopicClaims, width: int) -> list[Line]:
    """The answers in words, then who gave which of them on which days; nothing where there are none.

    Where the grid leaves no room for the days, or has none itself, it is drawn in pieces and the days follow.
    """
    claims = account.listed_texts
    if not claims:
        return []
    given = {account.letters[one.key, one.number] for one in claims}
    answers = [answer for answer in account.answers if answer.letter in given]
    lines = [line("Answers", "heading")]
    for answer in answers:
        lines += _legend(account, answer, width)
    lines += [BLANK, line("Who gave which answer", "heading")]
    longest = max(map(cells, account.names.values())) + 1
    name_room = min(longest, width * 2 // 5) if width >= BESIDE else 0
    grid = _Grid(account, by_speaker(claims), name_room, len(answers[-1].letter) + 1, width)
    if name_room and name_room + grid.pitch * len(answers) + _LEAST_BESIDE <= width:
        return lines + grid.with_days(answers)
    return lines + grid.in_pieces(answers) + grid.days()


def _legend(account: TopicClaims, answer: Answer, width: int) -> list[Line]:
    speakers = len({one.claim.by for one in answer.claims})
    shared = f" ({count_of(speakers, 'speaker')})" if speakers > 1 else ""
    indent = len(answer.letter) + 2
    first, *rest = wrapped(answer.text + shared, width - indent) or [""]
    spans = (Span(f"{answer.letter}  ", "figure"), Span(first))
    return [Line(spans, account.targets(answer.claims)), *(line(" " * indent + row) for row in rest)]


class _Grid(NamedTuple):
    """Speakers and answers, with a sign where one gave the other."""

    account: TopicClaims
    rows: list[tuple[str, list[DatedClaim]]]
    name_room: int
    """Cells of the names and the blank behind them; 0 where they stand above their rows."""
    pitch: int
    """Cells from one answer to the next."""
    width: int

    def with_days(self, answers: Sequence[Answer]) -> list[Line]:
        """The whole grid, and beside each row its answers with their days."""
        lines = [self._header(answers)]
        before = self.name_room + self.pitch * len(answers) + 1
        for speaker, claims in self.rows:
            first, *rest = _told(self.account, claims, self.width - before)
            name = Span(f"{padded(self.account.names[speaker], self.name_room - 1)} ", "name")
            signs = Span(f"{self._signs(claims, answers)} ", "figure")
            lines.append(Line((name, signs, Span(first, "detail")), self.account.targets(claims)))
            lines += [line(" " * before + row, "detail") for row in rest]
        return lines

    def in_pieces(self, answers: Sequence[Answer]) -> list[Line]:
        """So many answers at a time as fit, each time with those who gave one of them."""
        lines = []
        held = max((self.width - self.name_room) // self.pitch, 1)
        for start in range(0, len(answers), held):
            piece = answers[start : start + held]
            speakers = {one.claim.by for answer in piece for one in answer.claims}
            lines.append(self._header(piece))
            for speaker, claims in self.rows:
                if speaker in speakers:
                    lines += self._row(speaker, claims, piece)
            lines.append(BLANK)
        return lines

    def days(self) -> list[Line]:
        """What each speaker answered and when, below the name."""
        lines = []
        for speaker, claims in self.rows:
            first, *rest = _told(self.account, claims, self.width - 2)
            lines += headed(self.account.names[speaker], [], self.width)
            lines.append(line(f"  {first}", "detail", *self.account.targets(claims)))
            lines += [line(f"  {row}", "detail") for row in rest]
        return lines

    def _row(self, speaker: str, claims: Sequence[DatedClaim], answers: Sequence[Answer]) -> list[Line]:
        name = self.account.names[speaker]
        signs = Span(self._signs(claims, answers).rstrip(), "figure")
        targets = self.account.targets(claims)
        if not self.name_room:
            return [*headed(name, [], self.width), Line((signs,), targets)]
        return [Line((Span(f"{padded(name, self.name_room - 1)} ", "name"), signs), targets)]

    def _header(self, answers: Sequence[Answer]) -> Line:
        letters = "".join(answer.letter.ljust(self.pitch) for answer in answers)
        return line(f"{' ' * self.name_room}{letters}".rstrip(), "faint")

    def _signs(self, claims: Sequence[DatedClaim], answers: Sequence[Answer]) -> str:
        given = {self.account.letters[one.key, one.number] for one in claims}
        return "".join((_SIGN if answer.letter in given else _GAP).ljust(self.pitch) for answer in answers)


def _told(account: TopicClaims, claims: Sequence[DatedClaim], room: int) -> list[str]:
    """`B 10 October 2024 → F 21 October 2024`, in lines."""
    told = []
    for one in claims:
        satire = " (satire)" if account.is_satire(one) else ""
        told.append(f"{account.letters[one.key, one.number]} {account.when(one)}{satire}")
    words = _NEXT.join(told)
    if clashes := account.clashes(claims, "answers"):
        words += f" ({'; '.join(clashes)})"
    return wrapped(words, room)
