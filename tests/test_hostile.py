"""Files that mean harm, or were broken by accident: refused or read, in a second and 300 MB; and output that can't be written."""

import os
import resource
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import Done
from hypothesis import given, settings
from hypothesis import strategies as st

from booklet.building import Request, make
from booklet.errors import BookletError
from booklet.figures import LONGEST, read_picture
from booklet.items import walk
from booklet.keeping import Kept
from booklet.reading import parse_yaml
from booklet.routines import read_routine

HERE = Path(__file__).parent
FUZZ = HERE / "fuzz" / "fuzz.py"
TEA = (HERE / "minimal.yaml").read_text()
SECONDS = float(os.environ.get("BOOKLET_FUZZ_SECONDS", "60"))
LINE = '      - "**Fill** it with hot water."\n'


def tea(old: str, new: str) -> tuple[str, str]:
    assert old in TEA
    return "routine.yaml", TEA.replace(old, new, 1)


LARGE: dict[str, Callable[[], tuple[str, str]]] = {
    "values": lambda: ("routine.yaml", "a: [" + "b," * 99_000 + "]\n"),
    "keys that aren't known": lambda: ("routine.yaml", "".join(f"k{i}: 1\n" for i in range(49_000))),
    "keys that stand there twice": lambda: ("routine.yaml", "a: 1\n" * 49_000),
    "lists in lists": lambda: ("routine.yaml", "[" * 900_000),
    "mappings in mappings": lambda: ("routine.yaml", "{a: " * 200_000),
    "a long title": lambda: tea("A cup|of tea", "word " * 180_000),
    "a title of many lines": lambda: tea("A cup|of tea", "a|" * 400_000),
    "a title without a space": lambda: tea("A cup|of tea", "w" * 900_000),
    "a line of bold words": lambda: tea(LINE, f'      - "{"**a** " * 100_000}"\n'),
    "languages that nothing closes": lambda: tea(LINE, f'      - "{":fr[" * 220_000}"\n'),
    "languages as long as a text may be": lambda: tea(LINE, f'      - "{":fr[" * 1_250}"\n'),
    "placeholders": lambda: tea(LINE, f'      - "{"{minutes} " * 80_000}"\n'),
    "braces": lambda: tea(LINE, f'      - "{"{" * 900_000}"\n'),
    "many lines": lambda: tea(LINE, LINE * 25_000),
    "as many lines as there may be": lambda: tea(LINE, LINE * 990),
    "options": lambda: tea(
        "options:\n",
        "options:\n" + "".join(f"  o{i}:\n    help: x\n    choices: {{a: A}}\n    default: a\n" for i in range(5_000)),
    ),
    "a wide range": lambda: tea("to: 20", "to: 999999999"),
    "points": lambda: tea("[[0.2, 0.1], [0.6, 0.1], [0.6, 0.6]]", "[" + "[0.2, 0.1]," * 20_000 + "]"),
    "a brand's name": lambda: ("brand.yaml", "name: " + "word " * 180_000),
    "lines of contact": lambda: ("brand.yaml", "name: A\ncontact:\n  social: [" + "aaaaa," * 90_000 + "]"),
    "a link": lambda: ("brand.yaml", "name: A\nbooking:\n  url: https://" + "a" * 900_000),
    "shades": lambda: ("theme.yaml", "like: still\nshades: [" + "1," * 90_000 + "]"),
    "rows": lambda: ("roster.csv", "name\n" + "a\n" * 2_000_000),
    "cells": lambda: ("roster.csv", ",".join(f"c{i}" for i in range(999)) + "\n" + ("a," * 998 + "a\n") * 1_000),
    "rows that are wrong": lambda: ("roster.csv", "name\n" + "a,b\n" * 1_000_000),
    "columns": lambda: ("roster.csv", ",".join(f"c{i}" for i in range(200_000)) + "\na\n"),
    "a quote that nothing closes": lambda: ("roster.csv", 'name\n"' + "a\n" * 2_000_000),
    "objects": lambda: ("roster.jsonl", '{"name": "a"}\n' * 1_000_000),
    "objects that are wrong": lambda: ("roster.jsonl", "{\n" * 1_000_000),
    "keys of an object": lambda: ("roster.jsonl", "{" + ",".join(f'"k{i}": 1' for i in range(200_000)) + "}\n"),
    "an object's key twice": lambda: (
        "roster.jsonl",
        "{" + ",".join(f'"k{i}": 1' for i in range(200_000)) + ', "k9": 1}\n',
    ),
    "objects in objects": lambda: ("roster.jsonl", '{"a":' * 100_000 + "1" + "}" * 100_000 + "\n"),
    "a number": lambda: ("roster.jsonl", '{"name": ' + "9" * 5_000_000 + "}\n"),
}
ONE = """
import sys, time
from pathlib import Path
import fuzz
fuzz._brand, fuzz.tea()
path = Path(sys.argv[1])
start = time.process_time()
try:
    fuzz.READERS[path.stem][0](path)
except fuzz.BookletError as error:
    assert len(str(error)) < 100_000, len(str(error))
print(time.process_time() - start, fuzz.peak())
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGE)
def test_however_large_a_file_is_it_takes_no_time(name: str, tmp_path: Path) -> None:
    called, text = LARGE[name]()
    path = tmp_path / called
    path.write_text(text)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(FUZZ.parent), os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, "-c", ONE, str(path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr[-500:]
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds < 1.5, f"{seconds:.2f} s"  # a second, and half of one for a machine that has more to do
    assert megabytes < 300, f"{megabytes} MB"


@pytest.mark.slow
def test_broken_files_are_read_or_refused(tmp_path: Path) -> None:
    """BOOKLET_FUZZ_SECONDS says for how long; tests/fuzz/fuzz.py runs it by itself, with other seeds."""
    command = [sys.executable, str(FUZZ), str(SECONDS), "--keep", str(tmp_path / "kept")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS + 60)
    assert done.returncode == 0, done.stdout + done.stderr
    for kind in ("routine", "theme", "brand", "roster", "picture", "logo", "font"):
        assert f"{kind} read" in done.stdout, f"no {kind} was sound enough to be read: {done.stdout}"
        assert f"{kind} refused" in done.stdout


@given(st.text(max_size=200) | st.text("{}[]:,-&*!|>'\"#%@`?\n \t\\ab1.~<=", max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_text_is_yaml_or_refused(text: str) -> None:
    with suppress(BookletError):
        parse_yaml(text, "f")


MARKS = st.text("*:fr[]{}|%\\<>&;#@ ab1–’é\u200b\xad\u202e\ufb01\u0301", min_size=1, max_size=40)


@given(MARKS)
@settings(max_examples=60, deadline=None)
def test_what_a_user_writes_is_text_and_nothing_else(words: str) -> None:
    """Marks that are ours are read or refused; all others stand on the page as they were written."""
    import json
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "tea.yaml"
        path.write_text(TEA.replace(LINE, f"      - {json.dumps(words)}\n"))
        with suppress(BookletError):
            booklet = make(read_routine(path), {}, Request(), Kept())
            assert booklet.edition("screen").startswith(b"%PDF-1.7")
            page = next(page for page in booklet.pages if page.title == "Warm the pot")
            if not set(words) & set("*:{}|[]"):
                shown = "".join(getattr(item, "text", "") for item in walk(page.items)).replace(" ", "")
                assert "".join(words.split()) in shown.replace("\xa0", "")


@pytest.mark.parametrize(
    "number", ["nan", "inf", "1e9", "9" * LONGEST, "-" + "9" * 400, "1" * 400 + ".5", "--1", "٣" * 90]
)
@pytest.mark.parametrize("where", ['viewBox="0 0 {} 9"', 'data-unit="{} 9"', 'd="M0 0L{} 9"', 'stroke-width="{}"'])
def test_numbers_of_a_picture_are_numbers(where: str, number: str, tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    text = '<svg viewBox="0 0 9 9" data-unit="1 1"><path d="M0 0L1 1" class="oil" stroke="#000000" stroke-width="1"/></svg>'
    key = where.partition("=")[0]
    start = text.index(key + "=")
    path.write_text(text[:start] + where.format(number) + text[text.index('"', text.index('"', start) + 1) + 1 :])
    with suppress(BookletError):
        drawing = read_picture(path)
        said = repr(drawing).replace("line-inner", "")
        assert "inf" not in said
        assert "nan" not in said


# --- output ---------------------------------------------------------------------------------------------------------
def made(run: Callable[..., Done], out: Path) -> Done:
    return run("build", str(HERE / "minimal.yaml"), "--out", str(out))


def test_a_full_disk_leaves_the_old_file(run: Callable[..., Done], tmp_path: Path) -> None:
    assert made(run, tmp_path / "made").code == 0
    before = {path: path.read_bytes() for path in (tmp_path / "made").iterdir()}
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limit[1]))  # as if there were no room for more
    try:
        done = made(run, tmp_path / "made")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert done.code == 1
    assert len(done.err.splitlines()) == 1
    assert done.err.startswith("can't write")
    assert {path: path.read_bytes() for path in (tmp_path / "made").iterdir()} == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only_is_told(run: Callable[..., Done], tmp_path: Path) -> None:
    assert made(run, tmp_path / "made").code == 0
    before = {path: path.read_bytes() for path in (tmp_path / "made").iterdir()}
    (tmp_path / "made").chmod(stat.S_IRUSR | stat.S_IXUSR)
    done = made(run, tmp_path / "made")
    (tmp_path / "made").chmod(stat.S_IRWXU)
    assert done.code == 1
    assert len(done.err.splitlines()) == 1
    assert {path: path.read_bytes() for path in (tmp_path / "made").iterdir()} == before


@pytest.mark.parametrize("out", ["/dev/full/made", "/proc/made", "/dev/null/a.pdf", "x" * 300])
def test_a_place_that_takes_no_files_is_told(out: str, run: Callable[..., Done]) -> None:
    done = made(run, Path(out))
    assert done.code in (1, 2)
    assert len(done.err.strip().splitlines()) == 1


@pytest.mark.parametrize("long", ["x" * 300, "x" * 300 + ".yaml", "a/" * 3000 + "x.yaml"])
@pytest.mark.parametrize("flag", ["--brand", "--theme", "--shop", ""])
def test_names_that_no_file_can_have_are_told(flag: str, long: str, run: Callable[..., Done]) -> None:
    done = run("build", *([flag] if flag else []), long)
    assert done.code == 1
    assert done.err.strip()


@pytest.mark.parametrize("key", ["logo: {}.svg", "theme: {}.yaml", "fonts: {{text: {}.ttf}}"])
def test_a_brand_s_names_that_no_file_can_have_are_told(key: str, run: Callable[..., Done], tmp_path: Path) -> None:
    (tmp_path / "spa.yaml").write_text(f"name: Spa\n{key.format('x' * 300)}\n")
    done = run("build", "--brand", "spa.yaml")
    assert done.code == 1
    assert "spa.yaml:2:" in done.err or "xxx" in done.err


def test_a_reader_of_the_old_file_keeps_it(run: Callable[..., Done], tmp_path: Path) -> None:
    """Who has the file open goes on reading the old one; the new one stands beside it whole."""
    assert made(run, tmp_path).code == 0
    path = tmp_path / "tea-screen.pdf"
    with path.open("rb") as opened:
        half = opened.read(100)
        time.sleep(0.01)
        assert made(run, tmp_path).code == 0
        assert half + opened.read() == path.read_bytes()
    assert not list(tmp_path.glob(".*.part"))
