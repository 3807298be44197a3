"""Files on the disk → the moment when one of them has changed and can be read again.

Editors save in many ways: they write in place, rename another file over, or delete and create. What is waited for is that
a file's size, time or number is another than when it was last read, and stays so for a moment.
"""

import time
from pathlib import Path

from booklet.folders import State, state_of

EVERY = 0.1  # seconds from look to look
SETTLED = 0.03  # a file is whole that hasn't changed for so long
PATIENCE = 0.3  # a file that has gone may come back within so long


class Watched:
    """The files that something is made from, each as it was when it was read."""

    def __init__(self) -> None:
        self.states: dict[Path, State] = {}

    def now(self) -> dict[Path, State]:
        """All of them as they are now, to be kept while something is made from them."""
        return {path: state_of(path) for path in self.states}

    def note(self, before: dict[Path, State], seen: dict[Path, State]) -> None:
        """Keeps what was looked at while it was made; what wasn't looked at this time is as it was `before`."""
        self.states = before | seen

    def changed(self) -> set[Path]:
        """The files that are other than they were."""
        return {path for path, state in self.states.items() if state_of(path) != state}

    def wait(self) -> set[Path]:
        """Waits until files have changed and are whole again; which ones."""
        while not (changed := self.changed()):
            time.sleep(EVERY)
        gone_until, last = time.monotonic() + PATIENCE, None
        while True:
            states = {path: state_of(path) for path in changed}
            gone = any(state is None for state in states.values()) and time.monotonic() < gone_until
            if states == last and not gone:
                return changed
            last = states
            time.sleep(SETTLED)
            changed |= self.changed()
