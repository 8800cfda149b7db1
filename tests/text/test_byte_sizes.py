"""Sizes as people write them, and in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.text.byte_sizes import format_size, parse_size


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("0", 0),
        ("500", 500),
        ("500B", 500),
        ("1k", 1_000),
        ("500MB", 500_000_000),
        ("2GB", 2_000_000_000),
        (" 2 gb ", 2_000_000_000),
        ("1.5G", 1_500_000_000),
        ("1.5GiB", 1_610_612_736),
        ("1KiB", 1_024),
        ("3TB", 3_000_000_000_000),
        ("0.001kB", 1),
    ],
)
def test_a_size_is_read_as_people_write_it(text: str, size: int) -> None:
    assert parse_size(text) == size


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "many",
        "MB",
        "-1",
        "+1",
        "1e9",
        "1,5GB",
        "1 2",
        "5XB",
        "1.GB",
        ".5GB",
        "٣MB",
        "1GB\x00",
        "9" * 16,
    ],
)
def test_a_text_that_is_not_a_size_gives_none(text: str) -> None:
    assert parse_size(text) is None


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1_000, "1 kB"),
        (1_234, "1.2 kB"),
        (9_960, "10 kB"),
        (12_345, "12 kB"),
        (999_499, "999 kB"),
        (999_500, "1 MB"),
        (925_600_000, "926 MB"),
        (4_000_000_000, "4 GB"),
        (1_500_000_000_000, "1.5 TB"),
        (12_000_000_000_000_000, "12,000 TB"),
    ],
)
def test_a_size_has_at_most_three_digits(size: int, words: str) -> None:
    assert format_size(size) == words


@given(st.integers(min_value=1_000, max_value=10**15 - 10**12))
def test_the_words_of_a_size_are_read_as_nearly_the_same_size(size: int) -> None:
    read = parse_size(format_size(size))
    assert read is not None
    assert abs(read - size) <= size * 0.051
