from __future__ import annotations

from timeline_tui.drawing.lines import Line, Span, Target, count_of, paragraph


def test_counts_are_in_the_singular_or_plural() -> None:
    assert [count_of(number, "claim") for number in (0, 1, 1_200)] == ["0 claims", "1 claim", "1,200 claims"]


def test_a_paragraph_is_indented_within_its_width_and_has_the_given_targets() -> None:
    target = Target(3)
    assert paragraph("one two three", 8, "detail", 2, target) == [
        Line((Span("  one", "detail"),), (target,)),
        Line((Span("  two", "detail"),), (target,)),
        Line((Span("  three", "detail"),), (target,)),
    ]
    assert paragraph("", 8) == []
