"""A file that is put in order keeps its histories."""

from __future__ import annotations

from textwrap import dedent

from timeline_tui.editing.formatting import formatted


def test_putting_a_file_in_order_keeps_every_byte_of_its_histories() -> None:
    text = """\
        format: 1.1
        title: T
        events:
          - date: 2024-05-06
            title: B
            status:
              - {is: claimed}  # by nobody
              - {is: denied, known: "2024-06-01"}
          - date: 2024-05-05
            title: A
            note-of-mine: {known: "2024-06-01"}
            outcome: {text: mine}
        """
    data = dedent(text).encode().replace(b"    outcome: {text: mine}\n", b"")
    done = formatted(data).decode()
    assert done.index("title: A") < done.index("title: B")
    assert "- {is: denied, known: 2024-06-01}" in done
    assert 'note-of-mine: {known: "2024-06-01"}' in done
    assert sorted(done.replace('"2024-06-01"', "2024-06-01").split()) == sorted(
        data.decode().replace('"2024-06-01"', "2024-06-01").split()
    )


def test_in_a_file_of_version_1_the_authors_own_histories_stay_as_they_are() -> None:
    text = 'title: T\nevents:\n  - {date: 2024-05-05, title: A, updates: [{known: "2024-06-01"}]}\n'
    assert formatted(text.encode()).decode() == text
