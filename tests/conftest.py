"""What several test files share."""

from pathlib import Path

import pytest

from booklet.folders import folder
from booklet.routines import RoutineFile, read_routine

HERE = Path(__file__).parent
MINIMAL = HERE / "minimal.yaml"


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own settings change no test."""
    monkeypatch.setenv("BOOKLET_NO_CONFIG", "1")


@pytest.fixture(scope="session")
def massage() -> RoutineFile:
    """The built-in routine."""
    return read_routine(folder("templates") / "routines" / "back-massage.yaml")


@pytest.fixture(scope="session")
def minimal() -> RoutineFile:
    """The smallest routine that makes a booklet."""
    return read_routine(MINIMAL)
