from __future__ import annotations

import itertools
import string
import sys

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from yaml.events import ScalarEvent

from timeline_tui.reading.characters import parsable
from timeline_tui.reading.nodes import (
    DEEPEST,
    Anchors,
    InvalidNode,
    Mapping,
    Node,
    NodeError,
    Sequence,
    position,
)
from timeline_tui.reading.parser_run import ParserRun


def parse(text: str) -> Node:
    data = text.encode()
    parsing = ParserRun(memoryview(data), {}, Anchors(len(data)), 0)
    root = parsing.root()
    return Sequence(None, []) if root is None else parsing.reader.node(root)


def plain(node: Node) -> object:
    if isinstance(node, Mapping) and node.flaw:
        return node.flaw.code.value
    if isinstance(node, Mapping):
        return {key.value: plain(value) for key, value in zip(node.keys, node.values, strict=True)}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.value if isinstance(node, ScalarEvent) else node.code.value


def test_every_scalar_is_the_text_that_was_typed() -> None:
    text = "[no, 0123, 12:30, 2024-11, 1_000, 0x_, .inf, true, null, 2024-02-30]"
    assert plain(parse(text)) == text[1:-1].split(", ")


def test_tags_of_text_lists_and_maps_are_allowed() -> None:
    assert plain(parse("a: !!str 1\nb: !!seq [x]\nc: !!map {y: z}")) == {
        "a": "1",
        "b": ["x"],
        "c": {"y": "z"},
    }


@pytest.mark.parametrize("tag", ["!!python/object:os.system", "!own", "!!int", "!", "!!seq", "!<tag:x>"])
def test_any_other_tag_is_a_flaw_in_its_place(tag: str) -> None:
    node = parse(f"a: b\nc: {tag} 1")
    assert isinstance(node, Mapping)
    assert plain(node) == {"a": "b", "c": "bad-tag"}
    assert position(node.values[1], 10) == (12, 4)


def test_a_merge_key_is_a_flaw_of_its_map_and_a_quoted_one_is_a_key() -> None:
    assert plain(parse("a: {<<: {b: c}}")) == {"a": "merge-key"}
    assert plain(parse('a: {"<<": b}')) == {"a": {"<<": "b"}}


def test_a_key_that_is_not_text_is_a_flaw_of_its_map() -> None:
    assert plain(parse("a:\n  ? [b]\n  : c\n")) == {"a": "bad-key"}


def test_anchors_and_aliases_work() -> None:
    assert plain(parse("a: &x [1, 2]\nb: *x")) == {"a": ["1", "2"], "b": ["1", "2"]}
    assert plain(parse("a: &x 1\n*x : 2")) == {"a": "1", "1": "2"}


def test_an_alias_without_anchor_and_one_inside_of_itself_are_flaws() -> None:
    assert plain(parse("[*x, y]")) == ["bad-alias", "y"]
    assert plain(parse("&x [*x, y]")) == ["bad-alias", "y"]


def test_nesting_ends_at_its_limit() -> None:
    assert plain(parse("[" * DEEPEST + "]" * DEEPEST)) is not None
    with pytest.raises(NodeError) as caught:
        parse("[" * 500)
    assert caught.value.flaw.code == "too-deep"


def test_nesting_by_aliases_ends_at_the_same_limit() -> None:
    chain = "- &a0 [x]\n" + "".join(f"- &a{number} [*a{number - 1}]\n" for number in range(1, 200))
    node = parse(chain)
    assert isinstance(node, Sequence)
    flawed = [
        item for item in node.items if isinstance(item, Sequence) and isinstance(item.items[0], InvalidNode)
    ]
    assert flawed


def test_a_bomb_of_aliases_is_given_up() -> None:
    letters = string.ascii_lowercase
    bomb = "- &a [x,x,x,x,x,x,x,x,x]\n"
    for last, letter in itertools.pairwise(letters):
        bomb += f"- &{letter} [{','.join([f'*{last}'] * 9)}]\n"
    with pytest.raises(NodeError) as caught:
        parse(bomb)
    assert caught.value.flaw.code == "bad-alias"


def test_aliases_of_a_long_text_are_weighed_by_its_length() -> None:
    with pytest.raises(NodeError):
        parse("- &a " + "x" * 100_000 + "\n" + "- *a\n" * 1_000)


values = st.recursive(
    st.text(string.printable, max_size=8) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_what_yaml_writes_is_read_as_it_was(value: object) -> None:
    written = yaml.dump(value, Dumper=yaml.SafeDumper, allow_unicode=False, default_style='"')
    assert plain(parse(written)) == value


@given(values, st.booleans())
def test_the_parser_in_python_takes_the_place_of_libyaml(value: object, flow: bool) -> None:
    written = yaml.dump(value, Dumper=yaml.SafeDumper, default_style='"', default_flow_style=flow)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "yaml._yaml", None)
        assert plain(parse(written)) == value


def test_characters_that_end_lines_in_yaml_only_end_no_lines() -> None:
    text = parsable(bytearray("a: b\u2028c\u2029d\u0085e\n".encode()))
    parsing = ParserRun(memoryview(text.data), text.substitutes, Anchors(100), 0)
    assert plain(parsing.reader.node(parsing.root())) == {"a": "b\u2028c\u2029d\u0085e"}


def test_the_places_of_bad_bytes_are_lines_and_columns_as_an_editor_counts_them() -> None:
    text = parsable(bytearray("\ufeffa: ä\x07\r\nb: ü".encode() + b"\xff\rc: \xc2\x9b\n"))
    assert [(found.line, found.column, found.code.value) for found in text.bad_characters] == [
        (0, 5, "bad-character"),
        (1, 5, "bad-encoding"),
        (2, 4, "bad-character"),
    ]


@given(st.binary(max_size=200))
def test_any_bytes_become_text_that_the_parser_takes(data: bytes) -> None:
    text = parsable(bytearray(data))
    assert text.data.decode() is not None
    try:
        list(yaml.parse(bytes(text.data), yaml.SafeLoader))
    except yaml.reader.ReaderError:
        pytest.fail("the parser refuses a character")
    except yaml.YAMLError:
        pass
