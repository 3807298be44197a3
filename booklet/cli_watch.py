"""`--watch` and `--serve`: makes a booklet again whenever a file that it is made from changes, until Ctrl-C."""

import gc
import io
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import redirect_stdout
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from booklet.building import Booklet
    from booklet.keeping import Kept
    from booklet.routines import RoutineFile
    from booklet.serving import Server

USAGE = 2  # the exit code of wrong usage
ROUNDS = 8  # after so many, what is no longer used is looked for


class Session:
    """What stays from one making to the next: what is kept of the booklet, and the server where one shows it."""

    def __init__(self, server: "Server | None" = None) -> None:
        from booklet.keeping import Kept

        self.server = server
        self.kept = Kept()
        self.routine: Path | None = None

    def of(self, routine: "RoutineFile") -> "Kept":
        """What is kept of the booklet, once its routine is found to be sound. Raises InvalidFile."""
        from booklet.building import check_file

        self.routine = routine.path
        check_file(routine)
        return self.kept

    def forget(self, changed: set[Path]) -> None:
        """Leaves out what may be other than it was: pages stay only where nothing but the routine has changed."""
        from booklet.keeping import Kept

        if changed == {self.routine}:
            self.kept.renew()
        else:
            self.kept = Kept()

    def show(self, booklet: "Booklet") -> None:
        """Shows the booklet in the browser."""
        if self.server:
            self.server.show(booklet)


def watch(arguments: list[str], run: Callable[[Session], object]) -> int:
    """Runs the command, and again after each change; the exit code. Raises BookletError where it can't even begin."""
    from booklet.caching import stop
    from booklet.errors import BadChoice, BookletError, DoesNotFit, InvalidFile
    from booklet.folders import looked_at
    from booklet.serving import Server
    from booklet.watching import Watched

    quiet = "--quiet" in arguments
    session, watched = Session(_server(arguments, Server)), Watched()
    said, again, times = "", "", 0
    try:
        while True:
            before, start, out = watched.now(), time.perf_counter(), io.StringIO()
            failure: Exception | None = None
            with looked_at() as seen:
                try:
                    with redirect_stdout(out):
                        run(session)
                except SystemExit as end:  # so ends a command of Typer
                    if end.code == USAGE and again:
                        failure = BadChoice("the routine’s options have changed: start again with those that it has")
                    elif end.code == USAGE:
                        return USAGE
                    elif end.code:
                        raise KeyboardInterrupt from None
                except Exception as error:
                    if not again and not isinstance(error, (InvalidFile, DoesNotFit)):
                        raise  # wrong choices and the like: no file will mend them
                    failure = error
            watched.note(before, seen)
            if failure:
                if session.server:
                    session.server.fail(failure)
                if not isinstance(failure, BookletError):
                    traceback.print_exception(failure)
                print(failure, file=sys.stderr, flush=True)
            elif not quiet:
                if out.getvalue() != said:
                    print(out.getvalue(), end="")
                if again:
                    print(f"{time.strftime('%H:%M:%S')}  {again} changed; made again in {time.perf_counter() - start:.2f} s.")  # fmt: skip
                said = out.getvalue()
            if not quiet:
                if failure:
                    print("What was made before is still there; waiting for the file to be mended.")
                if not again:
                    _greet(session, len(watched.states))
                sys.stdout.flush()
            times += 1
            if times == 1:
                gc.freeze()
                stop()  # what comes now is of files that are being edited
            elif times % ROUNDS == 0:
                gc.collect()
            changed = watched.wait()
            again = ", ".join(sorted(path.name for path in changed))
            session.forget(changed)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 0
    finally:
        if session.server:
            session.server.close()


def _server(arguments: list[str], server: "type[Server]") -> "Server | None":
    """The server, where one is asked for; it is there before the booklet, so that it shows what is wrong from the start."""
    if "--serve" not in arguments:
        return None
    ports = [after for flag, after in pairwise(arguments) if flag == "--port"]
    ports += [one.partition("=")[2] for one in arguments if one.startswith("--port=")]
    return server(int(ports[-1]) if ports and ports[-1].isdecimal() else None)


def _greet(session: Session, count: int) -> None:
    if session.server:
        print(f"The booklet is at {session.server.address}")
    print(f"Watching {count} files; Ctrl-C ends it.")
