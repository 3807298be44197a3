"""The command `batch`: a table of booklets, all checked first, then made by several processes."""

import gc
import os
import sys
import time
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from booklet.cli_build import PROGRAM_OPTIONS, Parameters

if TYPE_CHECKING:
    from booklet.batching import Tally
    from booklet.copies import Common, Copy
    from booklet.errors import Place, Problem
    from booklet.manifests import Made
    from booklet.rosters import Row
    from booklet.routines import RoutineFile

SHOWN = 20  # reasons that are listed; manifest.json has all

TableArgument = Annotated[
    Path,
    typer.Argument(metavar="TABLE", help="A .csv or .jsonl file with a row for each booklet, or a folder of brand files.", show_default=False),
]  # fmt: skip
BATCH_OPTIONS: Parameters = {
    "table": (TableArgument, ...),
    "routine": (Annotated[str, typer.Option("--routine", metavar="NAME", help="A built-in routine, or the path of a routine file.", show_default="back-massage")], ""),
    **{name: option for name, option in PROGRAM_OPTIONS.items() if name not in ("format", "out", "watch")},
    "out": (Annotated[Path, typer.Option("--out", metavar="FOLDER", help="The folder to write to.")], Path("booklets")),
    "name": (Annotated[str, typer.Option("--name", metavar="PATTERN", help="What the files are called, with columns in braces: {name}-{setup}.", show_default="the column file, or name")], ""),
    "jobs": (Annotated[int | None, typer.Option("--jobs", metavar="N", min=1, max=256, help="How many processes work.", show_default="one for each core")], None),
    "dry_run": (Annotated[bool, typer.Option("--dry-run", help="Only check the table, and say what would be made.")], False),
}  # fmt: skip


def batch(
    routine: "RoutineFile",
    given: "dict[str, str | list[str]]",
    table: Path,
    out: Path,
    name: str,
    jobs: int | None,
    dry_run: bool,
    edition: list[str] | None,
    paper: str | None,
    shop: str | None,
    icc: Path | None,
    brand: str | None,
    quiet: bool,
    **wishes: Any,
) -> None:
    """Checks all rows, makes what is missing or has changed, and says what came of it. Exit code 1 if a row failed."""
    from booklet.batching import Tally, run, tasks_of
    from booklet.branding import find_brand
    from booklet.building import check_file
    from booklet.copies import Common, check_columns
    from booklet.editions import EDITIONS
    from booklet.errors import CannotWrite
    from booklet.manifests import Ledger, sweep
    from booklet.rosters import read_roster
    from booklet.wishes import one_of, preset_of

    gc.enable()  # unlike one build, a batch would fill the memory without
    names = [one_of("edition", one, EDITIONS) for one in edition or ("shop",) * bool(shop or icc) or EDITIONS[:2]]
    editions = list(dict.fromkeys(names))
    started = time.monotonic()
    roster = read_roster(table)
    check_file(routine)
    check_columns(roster, routine)
    preset = preset_of(shop, icc, paper) if "shop" in editions else None
    common = Common(routine, find_brand(brand) if brand else None, given, {**wishes, "paper": paper}, preset, name)
    tally = Tally()
    good = _checked(common, roster.rows, tally)
    if not dry_run:
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotWrite(f"can't write {out}: {error.strerror or error}") from None
        sweep(out)
    ledger = Ledger(out)
    tasks = tasks_of(good, editions, ledger, tally)
    told = _Told(quiet, table, len(roster.rows), out)
    if dry_run:
        told.plan(tasks, tally, editions)
        raise typer.Exit(1 if tally.failed else 0)
    try:
        with typer.progressbar(length=len(tasks), label=told.label(tasks), file=sys.stderr, show_pos=True, item_show_func=told.rate) as bar:  # fmt: skip
            run(tasks, common, out, jobs or os.cpu_count() or 1, ledger, tally, told.stepping(bar))
    finally:
        others = ledger.close(_facts(common, table, editions, tally), tally.files, tally.failed)
    told.summary(tally, others, time.monotonic() - started)
    if tally.interrupted:
        raise typer.Exit(130)
    raise typer.Exit(1 if tally.failed else 0)


def _checked(common: "Common", rows: "tuple[Row, ...]", tally: "Tally") -> "list[tuple[Row, Copy]]":
    """The rows whose copies can be made; the others are tallied.

    Raises InvalidFile, with all that is wrong with any row, where files would be called alike.
    """
    from booklet.copies import Maker, collisions, likely_name
    from booklet.errors import InvalidFile
    from booklet.manifests import Failed
    from booklet.rosters import MOST_PROBLEMS

    maker, good, names = Maker(common), [], []
    wrong: dict[Place, list[Problem]] = {}
    for row in rows:
        try:
            good.append((row, maker.copy(row)))
            names.append((good[-1][1].file, row.place))
        except InvalidFile as error:
            wrong[row.place] = [*error.problems]
            names.append((likely_name(row, common), row.place))
    alike = collisions(names)
    if collisions((copy.file, copy.place) for _, copy in good):
        raise InvalidFile([*alike[:MOST_PROBLEMS], *chain.from_iterable(wrong.values())][: 2 * MOST_PROBLEMS])
    for one in alike:
        if one.place in wrong:
            wrong[one.place].append(one)
    tally.failed += [Failed("", place.line, str(InvalidFile(problems))) for place, problems in wrong.items()]
    return good


def _facts(common: "Common", table: Path, editions: list[str], tally: "Tally") -> dict[str, Any]:
    """What the manifest says beside the files."""
    from booklet import __version__

    return {
        "program": f"booklet {__version__}",
        "table": str(table),
        "routine": str(common.routine.path),
        "brand": str(common.brand or ""),
        "editions": editions,
        "options": dict(common.given),
        "complete": not tally.interrupted and not tally.failed,
    }


class _Told:
    """What the user is told while a batch runs and when it ends."""

    def __init__(self, quiet: bool, table: Path, rows: int, out: Path) -> None:
        self.quiet, self.table, self.rows, self.out = quiet, table, rows, out
        self.begun = time.monotonic()
        self.done = 0

    def label(self, tasks: list[Any]) -> str:
        return f"{len(tasks):,} booklets" if tasks and not self.quiet else ""

    def stepping(self, bar: Any) -> Any:
        def step(count: int) -> None:
            self.done += count
            bar.update(count)

        return step

    def rate(self, _: object) -> str:
        seconds = time.monotonic() - self.begun
        return f"{self.done / seconds:.1f} a second" if self.done else ""

    def plan(self, tasks: list[Any], tally: "Tally", editions: list[str]) -> None:
        rows, count = (
            f"{number:,} {what}{'s' * (number != 1)}" for number, what in ((self.rows, "row"), (len(tasks), "booklet"))
        )
        each = f", each for {' and '.join(editions)}:" if tasks else "."
        print(f"{self.table}: {rows}. Without --dry-run {count} would be made in the folder {self.out}{each}")
        for task in sorted(tasks, key=lambda task: task.row.place)[:5]:
            where = task.row.place.file if task.row.brand else f"line {task.row.place.line}"
            print(f"  {where}: {', '.join(f'{task.file}-{edition}.pdf' for edition, _ in task.editions)}")
        if len(tasks) > 5:
            print(f"  and {len(tasks) - 5:,} more")
        if tally.unchanged:
            print(f"  {tally.unchanged:,} files are there already")
        self.failures(tally)

    def summary(self, tally: "Tally", others: "list[Made]", seconds: float) -> None:
        if not self.quiet:
            rate = f", {self.done / seconds:.1f} booklets a second" if self.done > 1 else ""
            print(f"{self.table}: {self.rows:,} rows, {seconds:.1f} s{rate}. Files in {self.out}:")
            for label, count in (
                ("made", tally.made),
                ("there already", tally.unchanged),
                ("rows that failed", len(tally.failed)),
                ("of rows that are gone", len(others)),
            ):
                if count or label == "made":
                    print(f"  {label:22} {count:>8,}")
            for remark, count in tally.remarks.most_common(SHOWN):
                print(f"Note ({count:,} times): {remark}")
            print(f"All of it is listed in {self.out / 'manifest.json'}.")
        self.failures(tally)
        if tally.interrupted:
            print("Interrupted: what is made is whole. Run the same command again to go on.", file=sys.stderr)

    def failures(self, tally: "Tally") -> None:
        for one in sorted(tally.failed, key=lambda one: one.line)[:SHOWN]:
            reason = one.reason if one.reason.startswith(str(self.table)) else f"{self.table}:{one.line}: {one.reason}"
            print(reason, file=sys.stderr)
        if len(tally.failed) > SHOWN:
            print(f"and {len(tally.failed) - SHOWN:,} rows more", file=sys.stderr)
