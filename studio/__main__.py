"""`python -m studio draw [NAME...]`, `solve NAME...`, `list`."""

from __future__ import annotations

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

IMAGES = Path(__file__).parent.parent / "images"
POOL = 2


def main() -> int:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(prog="studio", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw", help="draw pictures into images/")
    drawing.add_argument("names", nargs="*", help="names, or beginnings of names; none: all")
    drawing.add_argument("--into", type=Path, default=IMAGES, help="another folder")
    drawing.add_argument("--jobs", type=int, default=min(POOL, os.cpu_count() or 1))
    solving = commands.add_parser("solve", help="solve givers' poses into studio/poses/ (needs torch)")
    solving.add_argument("names", nargs="+")
    commands.add_parser("list", help="names of all pictures")
    asked = parser.parse_args()
    if asked.command == "draw":
        return draw(_matching(asked.names), asked.into, asked.jobs)
    if asked.command == "solve":
        return solve(asked.names)
    print("\n".join(_matching([])))
    return 0


def _matching(wanted: list[str]) -> list[str]:
    from studio.gallery import names

    every = names()
    if not wanted:
        return every
    chosen = [n for n in every if any(n.startswith(w) for w in wanted)]
    unknown = [w for w in wanted if not any(n.startswith(w) for n in every)]
    if unknown:
        raise SystemExit(f"studio: no picture called {', '.join(unknown)}; see 'python -m studio list'")
    return chosen


def draw(names: list[str], folder: Path, jobs: int) -> int:
    """Draw pictures in parallel, with a progress bar on stderr."""
    folder.mkdir(exist_ok=True)
    failed = 0
    with ProcessPoolExecutor(jobs) as pool:
        tasks = {pool.submit(_draw_one, name, folder): name for name in names}
        for done, task in enumerate(as_completed(tasks), 1):
            error = task.exception()
            failed += error is not None
            note = f"{tasks[task]}: {error}" if error else f"{tasks[task]} {task.result() / 1000:.0f} KB"
            _progress(done, len(names), note, error is not None)
    return 1 if failed else 0


def _draw_one(name: str, folder: Path) -> int:
    from studio.gallery import picture
    from studio.svg import LIMIT

    text = picture(name).text()
    if len(text.encode()) > LIMIT:
        raise ValueError(f"{len(text.encode())} bytes, over {LIMIT}")
    (folder / f"{name}.svg").write_text(text, encoding="utf-8")
    return len(text.encode())


def _progress(done: int, total: int, note: str, keep: bool) -> None:
    filled = round(24 * done / total)
    line = f"\r[{'#' * filled}{'.' * (24 - filled)}] {done}/{total}  {note:<60}"
    sys.stderr.write(line + ("\n" if keep or done == total else ""))
    sys.stderr.flush()


def solve(names: list[str]) -> int:
    """Solve poses one after the other and store them."""
    from studio.holds import HOLDS
    from studio.skeleton import save_pose
    from studio.solve import solve as solved

    for name in names:
        start = time.monotonic()
        save_pose(solved(HOLDS[name]), name)
        print(f"{name}: {time.monotonic() - start:.0f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
