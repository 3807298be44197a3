"""What several test files share."""

import io
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest

from booklet import cli
from booklet.folders import folder
from booklet.routines import RoutineFile, read_routine

HERE = Path(__file__).parent
MINIMAL = HERE / "minimal.yaml"


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Runs the command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str) -> Done:
        out, err, code = io.StringIO(), io.StringIO(), 0
        with patch.object(sys, "argv", ["booklet", *arguments]), redirect_stdout(out), redirect_stderr(err):
            try:
                cli.main()
            except SystemExit as end:
                code = int(end.code or 0)
        return Done(code, out.getvalue(), err.getvalue())

    return command


os.environ.setdefault("BOOKLET_CACHE", str(Path(tempfile.gettempdir()) / "booklet-tests-cache"))  # not the developer's


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A developer's own settings change no test, and no test changes them."""
    monkeypatch.setenv("BOOKLET_NO_CONFIG", "1")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / ".config"))


@pytest.fixture(scope="session")
def massage() -> RoutineFile:
    """The built-in routine."""
    return read_routine(folder("templates") / "routines" / "back-massage.yaml")


@pytest.fixture(scope="session")
def minimal() -> RoutineFile:
    """The smallest routine that makes a booklet."""
    return read_routine(MINIMAL)
