"""JSON Schemas of the file formats: fresh, true of every file that is shipped, and no friend of misspelt keys."""

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import MINIMAL, Done

from booklet.folders import folder, routine_names
from booklet.kinds import fields_of, keys_of, sort_of
from booklet.model import Routine
from booklet.reading import Mapping, Node, Sequence, read_yaml
from booklet.routines import RoutineFile
from booklet.schemas import KINDS, as_json, meanings, schema_of
from booklet.shapes import Shaper
from booklet.shops import Shop
from booklet.starters import starter
from booklet.theming import Theme, read_theme

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
FILES = {
    "routine": [*(folder("templates") / "routines" / f"{name}.yaml" for name in routine_names()), MINIMAL],
    "theme": sorted((TEMPLATES / "themes").glob("*.yaml")),
    "brand": sorted((TEMPLATES / "brands").glob("*.yaml")),
}
SHIPPED = [(kind, path) for kind, paths in FILES.items() for path in paths]
NUMBER = re.compile(r"[-+]?(\.\d+|\d+(\.\d*)?)")


def plain(node: Node) -> Any:
    """What an editor's reader makes of a file (YAML 1.2: `yes` and `on` are texts)."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.items.items()}
    if isinstance(node, Sequence):
        return [plain(one) for one in node.items]
    if node.quoted:
        return node.text
    if node.text in ("true", "false"):
        return node.text == "true"
    if NUMBER.fullmatch(node.text):
        return float(node.text) if "." in node.text else int(node.text)
    return node.text or None


@cache
def judge(kind: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema_of(kind))


def wrong(kind: str, value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message[:300]}" for error in judge(kind).iter_errors(value)]


@pytest.mark.parametrize("kind", KINDS)
def test_shipped_schemas_are_fresh_and_sound(kind: str) -> None:
    shipped = (TEMPLATES / "schema" / f"{kind}.schema.json").read_text(encoding="utf-8")
    assert shipped == as_json(kind), "write it again: python -m booklet schema KIND > templates/schema/KIND.schema.json"
    jsonschema.Draft202012Validator.check_schema(json.loads(shipped))


@pytest.mark.parametrize(("kind", "path"), SHIPPED, ids=lambda one: getattr(one, "stem", one))
def test_every_file_that_is_shipped_is_valid(kind: str, path: Path) -> None:
    assert wrong(kind, plain(read_yaml(path))) == []


@pytest.mark.parametrize("kind", KINDS)
def test_starters_are_valid(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(starter(kind, "Our own"), encoding="utf-8")
    assert wrong(kind, plain(read_yaml(path))) == []


def misspelt(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to each mapping in a file."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at] * isinstance(value, dict) + [way for key, one in inner for way in misspelt(one, (*at, key))]


@pytest.mark.parametrize("kind", KINDS)
def test_a_misspelt_key_is_invalid_wherever_it_stands(kind: str) -> None:
    """A key that nothing is called; entries with names of their own take any key, and then the value is wrong."""
    path = {"routine": MINIMAL, "theme": FILES["theme"][-1], "brand": FILES["brand"][-1]}[kind]
    whole = plain(read_yaml(path))
    for way in misspelt(whole):
        if way[-1:] in (("when",), ("choices",)):
            continue  # there a key is an option, or a choice
        changed = json.loads(json.dumps(whole))
        part = changed
        for key in way:
            part = part[key]
        part["Misspelt key"] = "text"
        assert wrong(kind, changed), way


@pytest.mark.parametrize(
    "change",
    [
        lambda routine: routine.pop("title"),
        lambda routine: routine["steps"]["warm"].update(look="wavy"),
        lambda routine: routine["steps"]["warm"].update(numbered=True),
        lambda routine: routine["steps"]["warm"].update(card=None),
        lambda routine: routine["steps"]["warm"]["repeat"].update(times=[1]),
        lambda routine: routine["steps"]["warm"]["repeat"].update(seconds="ten"),
        lambda routine: routine["steps"]["warm"].update(dont={"when": {"place": "home"}, "use": "x"}),
        lambda routine: routine["steps"]["warm"]["lines"].append({"choose": [{"when": {}, "use": "x"}]}),
        lambda routine: routine["steps"]["warm"]["lines"].append({"use": "x"}),
        lambda routine: routine["chapters"]["care"]["blocks"].append({"txt": "x"}),
        lambda routine: routine["options"]["minutes"].pop("to"),
        lambda routine: routine["options"].update(Big={"help": "x", "choices": {"a": "b"}}),
    ],
)
def test_what_can_be_seen_while_typing_is_wrong(change: Callable[[Any], Any]) -> None:
    routine = plain(read_yaml(MINIMAL))
    change(routine)
    assert wrong("routine", routine)


def test_conditions_stand_in_every_place_where_the_program_reads_them() -> None:
    routine = plain(read_yaml(MINIMAL))
    when = {"place": ["home", "work"], "minutes": "..9"}
    warm = routine["steps"]["warm"]
    warm["lines"] += [{"when": when, "use": "x"}, {"unless": when, "use": {"choose": [{"use": "y"}]}}]
    warm["numbered"] = {"choose": [{"when": when, "use": "no"}, {"use": "yes"}]}
    warm["views"][0]["when"] = when
    routine["steps"]["pour"] = {"when": when, **routine["steps"]["pour"]}
    routine["chapters"]["care"] = {"unless": when, "use": routine["chapters"]["care"]}
    routine["timeline"][1] |= {"when": when}
    routine["plans"] = {"choose": [{"use": routine["plans"]}]}
    assert wrong("routine", routine) == []


def test_themes_need_everything_or_another_theme() -> None:
    assert wrong("theme", {"like": "still", "name": "mine", "looks": {"wave": {"fill": "#123456"}}}) == []
    assert wrong("theme", {"name": "mine"})
    assert wrong("theme", {"like": "nobody", "name": "mine"})


def test_what_a_key_means_stands_beside_it() -> None:
    defs = schema_of("routine")["$defs"]
    assert defs["Card"]["properties"]["paused"]["description"] == "What the line is called where a pause follows."
    assert schema_of("brand")["properties"]["logo"]["description"].startswith("`logo` is for white ground")
    assert "description" not in defs["Lead"]  # the words that Python makes up aren't shown


def records(kind: Any) -> set[type]:
    """The records that a type is made of, itself with them."""
    sort, inner = sort_of(kind)
    match sort:
        case "record":
            return {inner}.union(*(records(field.type) for field in fields_of(inner)))
        case "tuple":
            return set().union(*(records(one) for one in inner if one is not Ellipsis))
        case "union":
            return set().union(*(records(one) for one in inner.values()))
        case "optional" | "entries":
            return records(inner)
        case _:
            return set()


TOLD = sorted(records(Routine) | records(Theme) | records(Shop), key=lambda kind: kind.__name__)


def test_every_key_is_told_and_none_that_there_isnt() -> None:
    """A new key of the model needs a line in templates/keys.yaml; then `python docs/reference.py`."""
    assert {kind.__name__: set(keys_of(kind)) for kind in TOLD} == {
        name: set(keys) for name, keys in meanings().items()
    }


@pytest.mark.parametrize("kind", TOLD, ids=lambda kind: kind.__name__)
def test_examples_of_keys_are_what_the_program_reads(kind: type, massage: RoutineFile, tmp_path: Path) -> None:
    for key, field in keys_of(kind).items():
        path = tmp_path / f"{key}.yaml"
        path.write_text(f"{key}: {meanings()[kind.__name__][key][1]}\n", encoding="utf-8")
        if kind is Theme:  # what is missing comes from another
            path.write_text(f"like: still\n{'' if key == 'name' else 'name: own'}\n{path.read_text('utf-8')}", "utf-8")
            read_theme(path)
            continue
        node = read_yaml(path)
        assert isinstance(node, Mapping)
        shaper = Shaper(massage.options)
        value = shaper.value(node.items[key], field.type)
        assert not shaper.problems, f"{kind.__name__}.{key}: {shaper.problems}"
        assert value != field.default, f"{kind.__name__}.{key}: the example is the default"


# --- the command ----------------------------------------------------------------------------------------------------
def test_schema_prints_it(run: Callable[..., Done]) -> None:
    done = run("schema", "theme")
    assert (done.code, done.out, done.err) == (0, as_json("theme"), "")


def test_schema_of_something_else(run: Callable[..., Done]) -> None:
    done = run("schema", "themes")
    assert done.code == 1
    assert "did you mean `theme`?" in done.err


# --- editors --------------------------------------------------------------------------------------------------------
EDITED = [*((kind, path) for kind, path in SHIPPED if path != MINIMAL), *((kind, TEMPLATES / "starters" / f"{kind}.yaml") for kind in KINDS)]  # fmt: skip


@pytest.mark.parametrize(("kind", "path"), EDITED, ids=lambda one: getattr(one, "stem", one))
def test_editors_find_the_schema_of_every_file(kind: str, path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found
    assert (path.parent / found[1]).resolve() == TEMPLATES / "schema" / f"{kind}.schema.json"
