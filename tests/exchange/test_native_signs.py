from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_tui.cli.main import main
from timeline_tui.exchange.native.detect import is_native
from timeline_tui.loading.foreign_file import in_our_format
from timeline_tui.loading.opened import open_timeline
from timeline_tui.reading import yaml_parser as syntax
from timeline_tui.reading.open_file import CannotRead
from timeline_tui.reading.yaml_parser import pure_parser
from timeline_tui.timeline.view import View

if TYPE_CHECKING:
    from pathlib import Path

EVENT = "{date: 2024-05-02, title: A, known: 2024-06-01, quotes: [{speaker: ann, text: Hi}]}"
SHAPES = {
    "flow events": f"title: T\nevents:\n  - {EVENT}\n",
    "flow list": f"title: T\nevents: [\n  {EVENT}, {{date: 2025, title: B}}]\n",
    "flow all over": f"{{title: T, events: [{EVENT}]}}\n",
    "one line without its end": f"{{events: [{EVENT}], title: T}}",
    "json": '{"title": "T", "events": [{"date": "2024-05-02", "title": "A", "known": "2024-06-01",\n'
    '  "quotes": [{"speaker": "ann", "text": "Hi"}]}]}\n',
    "block with flow quotes": "title: T\nevents:\n- title: A\n  date: 2024-05-02\n"
    "  quotes: [{speaker: ann, text: Hi}]\n  known: 2024-06-01\n",
    "mixed": f"title: T\nevents:\n  - {EVENT}\n  - date: 2025\n    title: B\n",
    "events first": f"events:\n  - {EVENT}\ntitle: T\nactors: {{ann: {{name: Ann}}}}\n",
    "registers in flow": f"{{title: T, actors: {{ann: {{name: Ann}}}}, events: [{EVENT}]}}\n",
    "comments and a marker": f"# a\n\n%YAML 1.1\n---\n# c\ntitle: T\nevents:\n  # d\n  - # e\n    {EVENT}\n",
    "byte order mark": f"\ufefftitle: T\nevents:\n  - {EVENT}\n",
    "windows": f"title: T\r\nevents:\r\n  - {EVENT}\r\n",
    "indented": f"  title: T\n  events:\n    - {EVENT}\n",
    "anchors": f"title: T\nevents: &all\n  - &one {EVENT}\n",
    "quoted keys": '"title": T\n"events":\n  - "date": 2024-05-02\n    "title": A\n    "known": 2024-06-01\n'
    "    quotes:\n      - {speaker: ann, text: Hi}\n",
    "question marks": "? title\n: T\n? events\n:\n  - ? date\n    : 2024-05-02\n    ? title\n    : A\n"
    "    ? known\n    : 2024-06-01\n    ? quotes\n    : [{speaker: ann, text: Hi}]\n",
    "keys of its own": f"title: T\nevents:\n  - {EVENT[:-1]}, weather: rain, mood: low}}\n",
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("name", ["story.yaml", "story", "story.txt"])
def test_a_file_of_ours_is_recognised_in_any_layout(tmp_path: Path, text: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode())
    opened = open_timeline(path, today=20_000)
    event = View(opened.index, today=20_000).event(0)
    assert (event.title, event.known and event.known.text) == ("A", "2024-06-01")
    assert [(quote.speaker, quote.text) for quote in event.quotes] == [("ann", "Hi")]
    assert not any(key.startswith("yaml-") for key in event.extra)
    assert not opened.notice


@pytest.mark.parametrize(
    "text",
    [
        "{title: T, events: []}",
        "events: []\n",
        "title: T\nevents:\n",
        "{}",
        "title: T\nevents:\n  - {date: 2024-05-02, title: A, known: 2024-06-01}\n  - {date: 2025, title: B\n",
        "{title: T, events: [{date: 2024, title: A}, {date: 2025, titel: B}, {title: C}]}",
        "title: T\nsources: {s: {title: S}}\nevent:\n  - {date: 2024, title: A}\n",
    ],
)
def test_a_file_of_ours_is_recognised_even_if_it_is_empty_or_invalid(text: str) -> None:
    assert is_native(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "title: T\nevents:\n  - {date: 2024-05-02, headline: A, description: y}\n",
        "{timeline: [{year: 2024, event: A}]}",
        "sources: {S1: {title: A}}\ntimeline:\n  - {date: 2020, title: x}\n",
        "sources:\n  S1:\n    title: A\ntimeline:\n  - {date: 2020, title: x}\n",
        "[{date: 2024, title: A}]",
        "events: {1789-07-14: Storming, 1789-08-26: Rights}\n",
        '{"2019": {"what": "x"}}',
    ],
)
def test_a_file_of_another_format_is_recognised_in_brackets_too(text: str) -> None:
    assert not is_native(text.encode())


@given(st.text(alphabet="-: #\n[]{}'\"&*?,ab2024\r\ufeff é", max_size=60))
def test_both_parsers_recognise_the_same_files(text: str) -> None:
    for data in (text.encode(), f"title: x\nevents:\n{text}".encode()):
        assert is_native(data) in (True, False)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(syntax, "_parser", pure_parser)
            assert is_native(data) in (True, False)


def test_a_file_of_prose_is_not_recognised_as_ours(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("On 2 May 2024: they met.\nevents: none\n", encoding="utf-8")
    with pytest.raises(CannotRead, match="entries with dates"):
        in_our_format(path, bytearray(path.read_bytes()))


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_importing_a_file_of_ours_loses_nothing(tmp_path: Path, text: str) -> None:
    source, out = tmp_path / "story.yaml", tmp_path / "out.yaml"
    source.write_bytes(text.encode())
    assert main(["import", str(source), "-o", str(out)]) == 0
    written = out.read_text(encoding="utf-8")
    assert "\n    known: 2024-06-01\n" in written
    assert "      - speaker: ann\n        text: Hi\n" in written
    assert "yaml-" not in written


@pytest.mark.parametrize("name", ["story.json", "story.jsonl"])
def test_json_of_ours_with_custom_keys_loses_nothing(tmp_path: Path, name: str) -> None:
    event = '{"date": "2024-05-02", "title": "A", "known": "2024-06-01", "weather": "rain"}'
    path = tmp_path / name
    path.write_text(f"{event}\n" if name.endswith("l") else f'{{"events": [{event}]}}', encoding="utf-8")
    found = View(open_timeline(path, today=20_000).index, today=20_000).event(0)
    assert found.known
    assert found.known.text == "2024-06-01"
    assert found.extra == {"weather": "rain"}
