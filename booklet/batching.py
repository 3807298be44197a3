"""Copies → files: made by several processes, each of which keeps what the copies of a body share.

A copy that can't be made stops only itself. Files are whole or not there: a batch may be interrupted, killed and begun
again, and makes only what is missing or has changed.
"""

import multiprocessing
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from hashlib import md5, sha256
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from booklet.building import make_checked
from booklet.copies import Common, Copy, Maker
from booklet.errors import BookletError, CannotWrite
from booklet.manifests import Failed, Ledger, Made, fingerprint
from booklet.records import dataclass
from booklet.rosters import Row
from booklet.writing import write_all

CHUNK = 8  # copies that a process is given at a time: what Ctrl-C waits for


@dataclass(frozen=True, slots=True)
class Task:
    """A row whose copy is to be made: the name of its files, the editions with the hash of what goes into each, its body.

    The copy itself is made of the row again where it is built: thousands of them waiting would fill the memory.
    """

    row: Row
    file: str
    editions: tuple[tuple[str, str], ...]
    body: str


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a task. `fatal` is a reason why no other could be made either."""

    made: tuple[Made, ...] = ()
    remarks: tuple[str, ...] = ()
    failed: Failed | None = None
    fatal: str = ""


class Tally:
    """What a batch has done so far."""

    def __init__(self) -> None:
        self.files: set[str] = set()
        self.made = self.unchanged = 0
        self.failed: list[Failed] = []
        self.remarks: Counter[str] = Counter()
        self.interrupted = False


def tasks_of(copies: Iterable[tuple[Row, Copy]], editions: list[str], ledger: Ledger, tally: Tally) -> list[Task]:
    """What is still to be made; copies of one body come after one another. Files that are there are tallied."""
    tasks = []
    for row, copy in copies:
        todo = []
        for edition in editions:
            inputs = fingerprint(copy.routine, copy.given, copy.request, edition)
            if found := ledger.known(copy.file, edition, inputs):
                tally.files |= {one.file for one in found}
                tally.unchanged += len(found)
            else:
                todo.append((edition, inputs))
        if todo:
            tasks.append(Task(row, copy.file, tuple(todo), body_of(copy)))
    return sorted(tasks, key=lambda task: task.body)


def body_of(copy: Copy) -> str:
    """A name for what copies that share their inner pages have in common."""
    request, brand = copy.request, copy.request.brand
    rest = (request.paper, request.large_print, request.pages, request.skin, request.giver_skin, request.theme)
    names = (request.receiver, request.giver)
    parts = (
        copy.routine.language,
        sorted(copy.given.items()),
        rest,
        names,
        brand and (brand.colours, brand.theme, brand.fonts),
    )
    return md5(repr(parts).encode(), usedforsecurity=False).hexdigest()


def run(
    tasks: list[Task], common: Common, out: Path, jobs: int, ledger: Ledger, tally: Tally, step: Callable[[int], None]
) -> None:
    """Makes the tasks' files; `step` is told how many copies are done. Raises BookletError where none can be made.

    An interruption (Ctrl-C, SIGTERM) lets the processes finish the copies that they have begun, and is tallied.
    """
    with _interruptions(tally):
        if jobs == 1 or len(tasks) == 1:
            maker = Maker(common)
            for task in tasks:
                if tally.interrupted:
                    break
                _tally([make_copy(task, maker, out)], ledger, tally)
                step(1)
        else:
            _in_processes(tasks, common, out, jobs, ledger, tally, step)


@contextmanager
def _interruptions(tally: Tally) -> Iterator[None]:
    """Notes interruptions instead of being stopped by them at any odd place."""

    def note(*_: object) -> None:
        tally.interrupted = True

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _in_processes(
    tasks: list[Task], common: Common, out: Path, jobs: int, ledger: Ledger, tally: Tally, step: Callable[[int], None]
) -> None:
    context = multiprocessing.get_context("spawn")
    chunks = _chunks(tasks, jobs)
    running: set[Future[list[Result]]] = set()
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(common, out)) as pool:
        try:
            while True:
                for chunk in islice(chunks, 0 if tally.interrupted else 2 * jobs - len(running)):  # few in memory
                    running.add(_submit(pool, chunk))
                if not running:
                    break
                done, running = wait(running, timeout=0.2, return_when=FIRST_COMPLETED)
                for future in done:
                    results = future.result()
                    _tally(results, ledger, tally)
                    step(len(results))
                if tally.interrupted:
                    running = {future for future in running if not future.cancel()}
        except BrokenProcessPool:
            raise CannotWrite("the system stopped one of the processes, perhaps for want of memory: use fewer --jobs, and run it again to go on") from None  # fmt: skip


def _submit(pool: ProcessPoolExecutor, chunk: list[Task]) -> "Future[list[Result]]":
    """Hands on a chunk; a process that is begun for it never listens to Ctrl-C, which is for its parent to decide."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        return pool.submit(_work, chunk)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        return pool.submit(_work, chunk)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _chunks(tasks: list[Task], jobs: int) -> Iterator[list[Task]]:
    """The tasks in pieces of one body each, small enough that all processes have work to the end."""
    size = max(1, min(CHUNK, len(tasks) // (jobs * 4)))
    for _, group in groupby(tasks, key=lambda task: task.body):
        while chunk := list(islice(group, size)):
            yield chunk


def _tally(results: list[Result], ledger: Ledger, tally: Tally) -> None:
    for result in results:
        ledger.add(result.made)
        tally.files |= {one.file for one in result.made}
        tally.made += len(result.made)
        tally.remarks.update(result.remarks)
        if result.failed:
            tally.failed.append(result.failed)
    for result in results:
        if result.fatal:
            raise CannotWrite(result.fatal)


# --- in a process ---------------------------------------------------------------------------------------------------
STATE: dict[str, Any] = {}  # of a worker: what holds for all its copies


def _begin(common: Common, out: Path) -> None:
    """Prepares a process; it ends with its parent, even where that is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    STATE.update(maker=Maker(common), out=out)
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _work(tasks: list[Task]) -> list[Result]:
    return [make_copy(task, STATE["maker"], STATE["out"]) for task in tasks]


def make_copy(task: Task, maker: Maker, out: Path) -> Result:
    """Makes and writes a copy's files; what goes wrong is its result."""
    line = task.row.place.line
    made: list[Made] = []
    try:
        copy = maker.copy(task.row)
        booklet = make_checked(copy.routine, copy.given, copy.request, maker.kept)
        for edition, inputs in task.editions:
            files = {f"{task.file}-{edition}{part}.pdf": data for part, data in booklet.files(edition).items()}
            write_all({out / name: data for name, data in files.items()})
            made += [
                Made(name, task.file, line, edition, inputs, sha256(data).hexdigest(), len(data))
                for name, data in files.items()
            ]
    except CannotWrite as error:
        return Result(tuple(made), fatal=str(error))
    except BookletError as error:
        return Result(tuple(made), failed=Failed(task.file, line, str(error)))
    except Exception as error:  # a mistake of the program's own stops one copy, not ten thousand
        reason = f"the program made a mistake ({type(error).__name__}: {error}); please report it"
        return Result(tuple(made), failed=Failed(task.file, line, reason))
    return Result(tuple(made), booklet.remarks)
