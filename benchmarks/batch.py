"""Copies per second of CPU, and memory, of a batch in one process: `python benchmarks/batch.py [COPIES]`.

The name, the telephone number and the code of each copy are its own; all have one body. What is measured is what a worker of
`booklet batch` does: a row → files on the disk.
"""

import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from booklet.batching import Task, make_copy
from booklet.branding import find_brand
from booklet.copies import Common, Maker
from booklet.rosters import read_roster
from booklet.routines import find_routine, read_routine
from booklet.wishes import preset_of

PLAIN = {"paper": None, "theme": None, "skin": "", "giver_skin": "", "large_print": False, "pages": None, "receiver": "",
         "giver": "", "flip": "short", "duplex": "auto", "backs": "last-first", "singles": False, "gsm": 80, "ink": "colour"}  # fmt: skip


def megabytes() -> float:
    """Memory in use now (Linux), or the most so far elsewhere."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * resource.getpagesize() / 1e6


def measure(copies: int, editions: tuple[str, ...], folder: Path) -> tuple[float, float, float]:
    """Copies per second of CPU, and megabytes after a tenth of the copies and after all."""
    table = folder / "places.csv"
    rows = [f"Stillwater {n},01{n:08},https://stillwater.example/book/{n}" for n in range(copies)]
    table.write_text("name,contact.phone,booking.url\n" + "\n".join(rows) + "\n")
    preset = preset_of(None, None, "a4") if "shop" in editions else None
    maker = Maker(Common(read_routine(find_routine("back-massage")), find_brand("stillwater"), {}, PLAIN, preset))
    todo = tuple((edition, "") for edition in editions)
    started = time.process_time()
    early = 0.0
    for number, row in enumerate(read_roster(table).rows):
        result = make_copy(Task(row, f"copy-{number}", todo, ""), maker, folder)
        assert not result.failed, result.failed
        if number == max(copies // 10, 1) - 1:
            early = megabytes()
    return copies / (time.process_time() - started), early, megabytes()


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    print(f"{count} copies in one process")
    for names in (("screen",), ("screen", "home", "shop")):
        with TemporaryDirectory() as name:
            rate, early, late = measure(count, names, Path(name))
        hours = 100_000 / rate / 3600
        print(f"{', '.join(names):20} {rate:6.1f} copies per second of CPU; 100,000 take {hours:.1f} h on one core, "
              f"{hours / 2 * 60:.0f} min on two, {hours / 8 * 60:.0f} min on eight; {early:.0f} MB after a tenth, {late:.0f} MB at the end")  # fmt: skip
