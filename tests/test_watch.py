"""`--watch` and `--serve`: what is made again when, what an error leaves alone, and who may look."""

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from booklets import back_massage

from booklet.building import Request, make
from booklet.folders import folder, look, looked_at
from booklet.keeping import Kept
from booklet.listening import paragraphs
from booklet.routines import RoutineFile, read_routine
from booklet.watching import Watched

HERE = Path(__file__).parent
VIEWERS = HERE / "viewers"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SOON = 0.5  # seconds in which a change is to be seen; the tests allow for a busy machine
BUSY = 4


# --- what has changed -----------------------------------------------------------------------------------------------
def rewrite(path: Path) -> None:
    path.write_text("later")


def rename_over(path: Path) -> None:
    other = path.with_suffix(".new")
    other.write_text("other")
    os.replace(other, path)


def delete_and_create(path: Path) -> None:
    path.unlink()
    path.write_text("anew.")


@pytest.mark.parametrize("save", [rewrite, rename_over, delete_and_create, Path.unlink])
def test_however_a_file_is_saved_it_is_noticed(save: Callable[[Path], None], tmp_path: Path) -> None:
    path, none = tmp_path / "a.yaml", tmp_path / "none.svg"
    path.write_text("first")
    watched = Watched()
    with looked_at() as seen:
        look(path), look(none)
    watched.note(watched.now(), seen)
    assert watched.changed() == set()
    save(path)
    assert watched.wait() == {path}
    watched.note(watched.now(), {})
    assert watched.changed() == set()
    none.write_text("it is there now")
    assert watched.wait() == {none}


def test_a_change_while_it_is_made_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("first")
    watched = Watched()
    with looked_at() as seen:
        look(path)
        path.write_text("second, while the first was being read")
    watched.note(watched.now(), seen)
    assert watched.wait() == {path}


# --- what is kept ---------------------------------------------------------------------------------------------------
EDITS = {
    "a line": ("whole of both hands flat", "whole of both big hands flat"),
    "a name": ("name: Heel circles", "name: Heel rounds"),
    "the title": ("title: A better|back massage", "title: A fine|back massage"),
    "a time": ("seconds: [240", "seconds: [250"),
    "a chapter": ("title: Is today a good day?", "title: Is it a good day?"),
    "an order": ("name: Side strokes", "numbered: no\n    name: Side strokes"),
}


@pytest.mark.parametrize("name", EDITS)
def test_what_is_made_again_has_the_bytes_of_what_is_made_afresh(name: str, tmp_path: Path) -> None:
    text = back_massage().path.read_text()
    path, kept, request = tmp_path / "mine.yaml", Kept(), Request()
    for words in (text, text.replace(*EDITS[name]), text):
        path.write_text(words)
        kept.renew()
        again, afresh = (make(read_routine(path), {}, request, kept=one) for one in (kept, Kept()))
        assert again.pages == afresh.pages
        for edition in ("screen", "home"):
            assert again.edition(edition) == afresh.edition(edition)


def test_pages_that_a_word_doesn_t_touch_stay(tmp_path: Path) -> None:
    text = back_massage().path.read_text()
    path, kept = tmp_path / "mine.yaml", Kept()
    path.write_text(text)
    before = make(read_routine(path), {}, Request(), kept).pages
    assert text != text.replace(*EDITS["a line"])
    path.write_text("# lines move\n" + text.replace(*EDITS["a line"]))
    kept.renew()
    after = make(read_routine(path), {}, Request(), kept).pages
    assert sum(one is other for one, other in zip(before, after, strict=True)) >= len(before) // 2
    assert [one == other for one, other in zip(before, after, strict=True)].count(False) == 1


# --- what is heard --------------------------------------------------------------------------------------------------
def test_a_page_is_told_in_words(minimal: RoutineFile) -> None:
    page = next(page for page in make(minimal, {}, Request()).pages if page.title == "Warm the pot")
    heard = paragraphs(page)
    assert heard[0][0].startswith("H")
    assert "Warm the pot" in heard[0][1]
    assert ("Figure", "A loop round the pot.") in [(role, words[:21]) for role, words in heard]
    assert any("Fill it with hot water." in words for _, words in heard)


# --- the command ----------------------------------------------------------------------------------------------------
class Running:
    """A command that goes on, its output, and the files in its folder."""

    def __init__(self, where: Path, *arguments: str) -> None:
        self.where, self.log = where, where / "log.txt"
        shutil.copy(HERE / "minimal.yaml", where / "tea.yaml")
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "booklet", *arguments], cwd=where, stdout=log, stderr=log, env=environment
            )

    def says(self, words: str, after: int = 0, patience: float = 20) -> float:
        """Waits until it has said so; the seconds it took."""
        start = time.monotonic()
        while words not in self.log.read_text()[after:]:
            assert time.monotonic() - start < patience, f"it never said “{words}”: {self.log.read_text()}"
            time.sleep(0.01)
        return time.monotonic() - start

    def change(self, old: str, new: str) -> int:
        """Changes the routine's text; how much it had said before."""
        path, said = self.where / "tea.yaml", len(self.log.read_text())
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))
        return said

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(10)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Starts a command that goes on, and ends it with the test."""
    running: list[Running] = []

    def starts(*arguments: str) -> Running:
        running.append(Running(tmp_path, *arguments))
        return running[-1]

    yield starts
    for one in running:
        one.process.kill()
        one.process.wait()


def test_build_goes_on_while_it_watches(start: Callable[..., Running]) -> None:
    it = start("build", "tea.yaml", "--watch", "--out", "made")
    it.says("Ctrl-C ends it")
    screen = it.where / "made" / "tea-screen.pdf"
    first = screen.read_bytes()
    took = it.says("tea.yaml changed; made again", it.change("Warm the pot", "Heat the pot"))
    assert took < SOON * BUSY
    second = screen.read_bytes()
    assert second != first

    said = it.change("    look: wave", "    lok: wave")
    it.says("waiting for the file to be mended", said)
    assert "tea.yaml:" in it.log.read_text()[said:]
    assert "`lok`" in it.log.read_text()[said:]
    assert screen.read_bytes() == second

    it.says("made again", it.change("    lok: wave", "    look: wave"))
    it.says("made again", it.change("Heat the pot", "Warm the pot"))
    assert screen.read_bytes() == first
    assert it.end() == 0
    assert "Traceback" not in it.log.read_text()


def test_it_waits_for_a_file_that_is_broken_from_the_start(start: Callable[..., Running], tmp_path: Path) -> None:
    (tmp_path / "spa.yaml").write_text("name: [")
    it = start("build", "tea.yaml", "--brand", "spa.yaml", "--watch", "--out", "made")
    it.says("waiting for the file to be mended")
    (tmp_path / "spa.yaml").write_text("name: Spa\n")
    it.says("spa.yaml changed; made again")
    (tmp_path / "logo.svg").write_text("<svg")
    (tmp_path / "spa.yaml").write_text("name: Spa\nlogo: logo.svg\n")
    it.says("logo.svg:1:")
    (tmp_path / "logo.svg").write_text('<svg viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#224466"/></svg>')
    it.says("logo.svg changed; made again")
    assert it.end() == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("build", "tea.yaml", "--watch", "--place", "moon"), 1),
        (("build", "none.yaml", "--watch"), 1),
        (("build", "tea.yaml", "--watch", "--moon"), 2),
        (("preview", "tea.yaml", "--port", "8099"), 1),
        (("preview", "tea.yaml", "--serve", "--page", "3"), 1),
        (("preview", "tea.yaml", "--serve", "--port", "99999"), 1),
    ],
)
def test_what_no_file_can_mend_ends_it(arguments: tuple[str, ...], code: int, start: Callable[..., Running]) -> None:
    it = start(*arguments)
    assert it.process.wait(20) == code
    assert "Traceback" not in it.log.read_text()


@pytest.mark.slow
def test_it_costs_little_to_wait_and_to_make_it_again(start: Callable[..., Running], tmp_path: Path) -> None:
    """The processor at rest; and a word's change, as a share of what `build` costs from the start."""

    def used(process: int) -> float:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    if not Path("/proc/self/stat").exists():
        pytest.skip("needs /proc")
    path = tmp_path / "mine.yaml"
    text = (folder("templates") / "routines" / "back-massage.yaml").read_text()
    path.write_text(text)
    costs = []
    for _ in range(4):  # the first fills the cache
        cold = subprocess.Popen([sys.executable, "-m", "booklet", "build", "mine.yaml", "--quiet"], cwd=tmp_path)
        _, status, spent = os.wait4(cold.pid, 0)
        cold.returncode = os.waitstatus_to_exitcode(status)
        assert cold.returncode == 0
        costs.append(spent.ru_utime + spent.ru_stime)
    cost = sorted(costs[1:])[1]
    it = start("build", "mine.yaml", "--watch")
    it.says("Ctrl-C ends it")
    time.sleep(1)
    before = used(it.process.pid)
    time.sleep(5)
    assert (used(it.process.pid) - before) / 5 < 0.02
    times = 5
    before = used(it.process.pid)
    for number in range(times):
        said = len(it.log.read_text())
        path.write_text(text.replace("whole of both hands flat", f"whole of both {number} hands flat"))
        it.says("made again", said)
    again = (used(it.process.pid) - before) / times
    share = again / cost
    print(f"a rebuild takes {again:.3f} s, {share:.0%} of the {cost:.3f} s of a build")
    assert share < 0.4


# --- in a browser ---------------------------------------------------------------------------------------------------
def address(it: Running) -> str:
    it.says("Ctrl-C ends it")
    return next(line for line in it.log.read_text().splitlines() if "http://" in line).split()[-1]


def asked(at: str, path: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    sent = {name.replace("_", "-"): value for name, value in headers.items() if name != "method"}
    with closing(http.client.HTTPConnection(at.split("/")[2])) as connection:
        connection.request(headers.get("method", "GET"), path, headers=sent)
        answer = connection.getresponse()
        return answer.status, answer.read(), dict(answer.getheaders())


def test_only_this_machine_s_own_pages_are_answered(start: Callable[..., Running]) -> None:
    it = start("preview", "tea.yaml", "--serve", "--port", "0")
    at = address(it)
    port = at.rstrip("/").rpartition(":")[2]
    assert at.startswith("http://127.0.0.1:")
    state = json.loads(asked(at, "/state")[1])
    assert len(state["pages"]) == 8
    assert asked(at, "/state", Host=f"localhost:{port}")[0] == 200
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1", f"127.0.0.1.evil.example:{port}", ""):
        assert asked(at, "/state", Host=host)[0] == 403
    for site in ("cross-site", "same-site"):
        assert asked(at, "/page/1/1.png", Sec_Fetch_Site=site)[0] == 403
    assert asked(at, "/page/1/1.png", Sec_Fetch_Site="same-origin")[1].startswith(b"\x89PNG")
    for path in ("/", "/viewer.js", "/viewer.css", "/state", "/page/1/1.png"):
        status, _, headers = asked(at, path)
        assert status == 200
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; ")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in headers
    for path in ("/../cli.py", "/fonts/../cli.py", "/page/1/9.png", "/page/1/0.png", "/page/1/1.png?w=99999", "/page/1/1.png?w=-1", "/page/1/1.png?w=x", "/page/x/1.png", "/page//", "/nothing"):  # fmt: skip
        assert asked(at, path)[0] == 404, path
    assert asked(at, "/state", method="POST")[0] == 501
    assert asked(at, "/", method="HEAD")[1] == b""
    assert it.end() == 0
    assert "Traceback" not in it.log.read_text()


def test_a_port_that_is_taken_is_told(start: Callable[..., Running], tmp_path: Path) -> None:
    at = address(start("preview", "tea.yaml", "--serve", "--port", "0"))
    port = at.rstrip("/").rpartition(":")[2]
    (tmp_path / "two").mkdir()
    second = Running(tmp_path / "two", "preview", "tea.yaml", "--serve", "--port", port)
    assert second.process.wait(20) == 1
    assert f"port {port} can't be used" in second.log.read_text()
    assert len(second.log.read_text().splitlines()) == 1


def test_the_viewer_loads_nothing_from_elsewhere() -> None:
    for path in (folder("viewer")).iterdir():
        text = path.read_text().replace("http://www.w3.org/2000/svg", "")
        assert "//" not in text.replace("// ", ""), path
        assert not any(word in text for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", " style=", "onclick=\"")), path  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(
    not (VIEWERS / "node_modules").is_dir() or not shutil.which(CHROMIUM),
    reason="needs Chromium and `npm install` in tests/viewers; .ci/run has both",
)
def test_edit_break_and_mend_are_seen_in_chromium(start: Callable[..., Running], tmp_path: Path) -> None:
    it = start("preview", "tea.yaml", "--serve", "--port", "0")
    shots = Path(os.environ.get("BOOKLET_SHOTS", tmp_path)) / "shot"
    command = ["node", str(VIEWERS / "preview.mjs"), address(it), str(tmp_path / "tea.yaml"), str(shots)]
    seen = json.loads(subprocess.run(command, check=True, timeout=90, stdout=subprocess.PIPE).stdout)
    assert seen["elsewhere"] == seen["mistakes"] == []
    assert [one["alt"] for one in seen["cover"]] == ["Page 1: A cup of tea"]
    assert [one["alt"].partition(":")[0] for one in seen["spread"]] == ["Page 2", "Page 3"]
    assert seen["cover"][0]["width"] >= 400
    assert seen["zoomed"][0]["width"] > 2 * seen["spread"][0]["width"]
    assert "A loop round the pot." in seen["words"]
    assert "Heat <b>it</b>" in seen["title"]
    assert seen["bold"] == 0
    assert "tea.yaml:" in seen["wrong"]
    assert "`nmae`" in seen["wrong"]
    assert seen["alert"]
    assert len(seen["behind"]) == 2
    assert not seen["right"]
    assert "Warm the pot" in seen["again"]
    assert "Back again" in seen["back"]
    assert not seen["quiet"]
    assert seen["phone"] <= 400
    for name in ("edited", "broken", "mended", "gone"):
        assert seen[name] < 1000 * SOON * BUSY, f"{name}: {seen[name]} ms"
    print({name: seen[name] for name in ("edited", "broken", "mended", "gone")})
    assert it.end() == 0
