"""How the cost of a booklet grows with its steps: `python benchmarks/growth.py` prints seconds of CPU for 1 to 1,000 steps.

A step has a page with a map, strokes of its own, four lines and a number worked out from its time. A folded booklet ends at
24 pages, so the limits on pages and lists are lifted here; all else is what `build` does, from the file to the screen edition.
"""

import gc
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from booklet import bounds, routines, shapes
from booklet.building import Request, check_request, make_checked
from booklet.checking import check
from booklet.keeping import Kept

STEPS = (1, 10, 100, 1000)
HEAD = """\
name: long
title: A long routine
subtitle: Of many steps
cover: {facts: ["{minutes} minutes"]}
language: en-gb
options:
  place: {help: Where., choices: {home: At home, garden: In the garden}, default: home}
  minutes: {help: How long it takes., from: 1, to: 2000, default: MINUTES}
pressure: {words: [very light, light, medium, firm, deep]}
maps:
  back: {picture: back-a-bare, unit-cm: [19, 46]}
rounding: {seconds: 5}
chapters:
  notes: {title: Notes, blocks: [{lines: ["-", "-"]}]}
"""
STEP = """\
  step-{n}:
    name: Step {n}
    look: wave
    pressure: [2]
    lines:
      - "**Begin** low, at the side that step {n} is for."
      - "**Go** round {{times}} times, slowly."
      - when: {{place: home}}
        use: "**Stop** and look at page {{page step-{n}}}."
      - "**Rest** both hands, and count to {n}."
    repeat: {{seconds: 10, times: [1, 9], says: "{{times}} times"}}
    views:
      - map: back
        alt: A loop of step {n}.
        strokes:
          - loops: [[[0.2, 0.{a:02}], [0.6, 0.{a:02}], [0.6, 0.{b:02}]]]
            arrows: [[1, 0.6, 0.{c:02}]]
        badges: [{{badge: 2, at: [0.4, 0.{a:02}]}}]
    card: {{label: "{n}"}}
"""


def pages(steps: int) -> int:
    """The pages of a booklet with a cover and so many steps."""
    return -(-(steps + 1) // 4) * 4


def text(steps: int) -> str:
    """The routine as YAML; its one plan has a page for each step, and fillers up to a whole sheet."""
    names = [f"step-{n}" for n in range(1, steps + 1)]
    bodies = (STEP.format(n=n, a=10 + n % 20, b=60 + n % 30, c=30 + n % 20) for n in range(1, steps + 1))
    timeline = "".join(f"  - {{step: {name}, weight: 1, min: 30, max: 900}}\n" for name in names)
    head = HEAD.replace("MINUTES", str(steps))
    return f"{head}steps:\n{''.join(bodies)}timeline:\n{timeline}plans:\n  - {{plan: {pages(steps)}, fill: [notes], cue-card: no, pages: [cover, {', '.join(names)}]}}\n"


def seconds(steps: int, folder: Path) -> float:
    """CPU from the file to the bytes of the screen edition, in a process that has made a booklet of one step."""
    sizes = tuple(pages(number) for number in (1, steps))
    shapes.MOST_ENTRIES = 2000
    routines.PAGES = bounds.PAGES = sizes  # type: ignore[assignment]
    routines.BUILT_IN["pages"] = replace(routines.BUILT_IN["pages"], range=(min(sizes), max(sizes)), default=min(sizes))
    gc.disable()  # as the command does
    spent = 0.0
    for number in (1, steps):
        path = folder / f"long-{number}.yaml"
        path.write_text(text(number), encoding="utf-8")
        started = time.process_time()
        file = routines.read_routine(path)
        check(file)
        request = Request(pages=pages(number))
        made = make_checked(file, check_request(file, {}, request), request, Kept()).edition("screen")
        assert made.startswith(b"%PDF")
        spent = time.process_time() - started
    return spent


def measure(rounds: int, folder: Path, numbers: tuple[int, ...] = STEPS) -> dict[int, float]:
    """The median for each number of steps, each time in a process of its own."""
    found: dict[int, list[float]] = {number: [] for number in numbers}
    for _ in range(rounds):
        for number in numbers:
            command = [sys.executable, str(Path(__file__).resolve()), "--one", str(number), str(folder)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            found[number].append(float(done.stdout))
    return {number: statistics.median(costs) for number, costs in found.items()}


def main() -> None:
    """Prints a table in Markdown."""
    if sys.argv[1:2] == ["--one"]:
        print(seconds(int(sys.argv[2]), Path(sys.argv[3])))
        return
    with TemporaryDirectory() as name:
        found = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 3, Path(name))
    print("| steps | CPU, s | for each step, ms |\n|---|---|---|")
    for steps, cost in found.items():
        print(f"| {steps:,} | {cost:.3f} | {cost / steps * 1000:.1f} |")
    print(f"\n1,000 steps ÷ 100 steps: {found[1000] / found[100]:.2f} (must ≤ 11, aim ≤ 10)")


if __name__ == "__main__":
    main()
