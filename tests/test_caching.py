"""What is kept between runs changes no byte, and may go, break or be forbidden at any time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from booklet import caching
from booklet.caching import kept


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BOOKLET_CACHE", str(tmp_path / "cache"))
    for one in (caching._folder, caching._room):
        one.cache_clear()
    yield tmp_path / "cache"  # type: ignore[misc]
    monkeypatch.undo()
    for one in (caching._folder, caching._room):
        one.cache_clear()


def made(kind: str, made_from: tuple[bytes, ...]) -> tuple[object, int]:
    """The value, and how often it was worked out."""
    count = 0

    def make() -> object:
        nonlocal count
        count += 1
        return ("a", 1.5, {"b": (b"c",)})

    return kept(kind, made_from, make), count


def test_a_value_is_worked_out_once_for_what_it_follows_from(cache: Path) -> None:
    assert made("x", (b"ab", b"c")) == (("a", 1.5, {"b": (b"c",)}), 1)
    assert made("x", (b"ab", b"c")) == (("a", 1.5, {"b": (b"c",)}), 0)
    assert made("x", (b"a", b"bc"))[1] == 1
    assert made("y", (b"ab", b"c"))[1] == 1
    assert len(list(cache.iterdir())) == 3


@pytest.mark.parametrize("harm", [lambda _: b"", lambda data: data[:-1], lambda data: data[:20] + b"!" + data[21:]])
def test_a_broken_file_is_worked_out_again(cache: Path, harm: object) -> None:
    made("x", (b"a",))
    [file] = cache.iterdir()
    file.write_bytes(harm(file.read_bytes()))  # type: ignore[operator]
    assert made("x", (b"a",)) == (("a", 1.5, {"b": (b"c",)}), 1)
    assert made("x", (b"a",))[1] == 0


def test_where_nothing_can_be_written_it_is_worked_out_each_time(cache: Path) -> None:
    cache.write_text("a file")
    assert made("x", (b"a",))[1] == 1
    assert made("x", (b"a",))[1] == 1


def test_the_older_half_goes_when_there_are_too_many(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching, "MOST_FILES", 10)
    for number in range(12):
        made("x", (b"%d" % number,))
        os.utime(max(cache.iterdir(), key=lambda file: file.stat().st_mtime_ns), (number, number))
    caching._room.cache_clear()
    made("y", (b"",))
    assert len(list(cache.iterdir())) == 7


def built(out: Path, cache: str, *options: str) -> bytes:
    environment = {**os.environ, "BOOKLET_CACHE": cache, "BOOKLET_NO_CONFIG": "1"}
    command = [sys.executable, "-m", "booklet", "build", "--edition", "screen", "--quiet", "--out", str(out), *options]
    subprocess.run(command, check=True, env=environment)
    return out.read_bytes()


def test_a_booklet_has_the_same_bytes_with_and_without(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    options = ("--setup", "bed", "--brand", "stillwater")
    without = built(tmp_path / "a.pdf", "off", *options)
    assert built(tmp_path / "b.pdf", str(cache), *options) == without
    files = sorted(cache.iterdir())
    assert {file.name.split("-")[0] for file in files} >= {"picture", "subset", "yaml", "packed", "sand"}
    times = [file.stat().st_mtime_ns for file in files]
    assert built(tmp_path / "c.pdf", str(cache), *options) == without
    assert [file.stat().st_mtime_ns for file in sorted(cache.iterdir())] == times
    for number, file in enumerate(files):
        file.write_bytes(b"" if number % 2 else file.read_bytes()[:-3])
    assert built(tmp_path / "d.pdf", str(cache), *options) == without


def test_two_runs_fill_the_same_folder_at_once(tmp_path: Path) -> None:
    environment = {**os.environ, "BOOKLET_CACHE": str(tmp_path / "cache"), "BOOKLET_NO_CONFIG": "1"}
    command = [sys.executable, "-m", "booklet", "build", "--edition", "screen", "--quiet", "--out"]
    runs = [subprocess.Popen([*command, str(tmp_path / f"{one}.pdf")], env=environment) for one in range(3)]
    assert [run.wait() for run in runs] == [0, 0, 0]
    assert len({(tmp_path / f"{one}.pdf").read_bytes() for one in range(3)}) == 1
    assert not list((tmp_path / "cache").glob("*.part"))
