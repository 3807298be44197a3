"""YAML text → nodes that know their places."""

from pathlib import Path

import pytest

from booklet.composing import MAX_DEPTH
from booklet.errors import InvalidFile, Place
from booklet.reading import Mapping, Node, Scalar, Sequence, clipped, describe_node, parse_yaml, read_yaml


def parsed(text: str) -> Node:
    return parse_yaml(text, "f")


def told(text: str) -> str:
    with pytest.raises(InvalidFile) as error:
        parsed(text)
    return str(error.value)


def plain(node: Node) -> object:
    match node:
        case Scalar(text=text):
            return text
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Mapping(items=items):
            return {key: plain(item) for key, item in items.items()}


def test_values_stay_as_they_are_written() -> None:
    node = parsed('a: on\nb: "on"\nc: 007\nd: ~\ne: [1, {f: 2.50}]\ng:\n  - |\n    two\n    lines\n')
    assert plain(node) == {"a": "on", "b": "on", "c": "007", "d": "~", "e": ["1", {"f": "2.50"}], "g": ["two\nlines\n"]}
    assert isinstance(node, Mapping)
    assert [node.items[key].quoted for key in "abcd"] == [False, True, False, False]  # type: ignore[union-attr]


def test_every_value_knows_its_place() -> None:
    node = parsed("é: 1\nlist:\n  - x\n  - {k: “v”}\n")
    assert isinstance(node, Mapping)
    assert node.place == Place("f", 1, 1)
    assert node.keys == {"é": Place("f", 1, 1), "list": Place("f", 2, 1)}
    assert node.items["é"].place == Place("f", 1, 4)
    items = node.items["list"]
    assert isinstance(items, Sequence)
    assert [item.place for item in items.items] == [Place("f", 3, 5), Place("f", 4, 5)]
    last = items.items[1]
    assert isinstance(last, Mapping)
    assert last.items["k"].place == Place("f", 4, 9)


def test_all_duplicate_keys_are_told_at_once() -> None:
    text = told("a: 1\na: 2\nb: {c: 1, c: 2, c: 3}\n")
    assert text.splitlines() == [
        "f:2:1: `a` stands here a second time (first on line 1)",
        "f:3:11: `c` stands here a second time (first on line 3)",
        "f:3:17: `c` stands here a second time (first on line 3)",
    ]


def test_a_byte_order_mark_and_windows_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    node = read_yaml(path)
    assert plain(node) == {"a": "1", "b": "2"}
    assert node.place == Place(str(path), 1, 1)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_bytes("name: tea\n".encode("utf-16"))
    with pytest.raises(InvalidFile, match=r"file.yaml:1:1: isn't UTF-8 text: save the file as UTF-8"):
        read_yaml(path)


def test_files_that_cant_be_read(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match=r"none.yaml:1:1: can't be read: No such file or directory"):
        read_yaml(tmp_path / "none.yaml")
    with pytest.raises(InvalidFile, match=r":1:1: can't be read: Is a directory"):
        read_yaml(tmp_path)


@pytest.mark.parametrize("depth", [MAX_DEPTH - 1, MAX_DEPTH])
def test_what_is_deep_but_not_too_deep_is_read(depth: int) -> None:
    assert parsed("[" * depth + "]" * depth)


def test_the_name_in_messages_may_be_another(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_text("")
    with pytest.raises(InvalidFile, match=r"^brand:1:1: is empty$"):
        read_yaml(path, "brand")


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("''", "nothing"),
        ("x", "`x`"),
        ("[]", "an empty list"),
        ("[1]", "a list"),
        ("{}", "an empty mapping"),
        ("a: 1", "a mapping"),
    ],
)
def test_describe_node(text: str, described: str) -> None:
    assert describe_node(parsed(text)) == described


def test_long_texts_are_cut_in_messages() -> None:
    assert clipped("x" * 60) == f"`{'x' * 60}`"
    assert clipped("x" * 61) == f"`{'x' * 60}…`"
