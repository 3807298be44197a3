"""A real CUPS takes the home edition, and what comes out is what we made. Needs root, cups and printer-driver-cups-pdf."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from conftest import Done
from PIL import Image, ImageChops, ImageFilter, ImageStat

HERE = Path(__file__).parent
NEEDED = [shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") for name in ("cupsd", "lpadmin", "lp", "lpstat")]
PPD = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
MM = 72 / 25.4  # points
DPI = 150

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (all(NEEDED) and PPD.is_file() and os.geteuid() == 0),
        reason="needs root and apt-get install cups printer-driver-cups-pdf",
    ),
]


@pytest.fixture
def cups(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a CUPS of the test's own. Not below pytest's, which CUPS' other users can't enter."""
    with tempfile.TemporaryDirectory(prefix="booklet-cups-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        subprocess.run([HERE / "cups" / "start", folder], check=True, timeout=60)
        monkeypatch.setenv("CUPS_SERVER", str(folder / "cups.sock"))
        yield folder
        os.kill(int((folder / "pid").read_text()), signal.SIGTERM)


def printed(cups: Path) -> list[Path]:
    """The files that it has made, once all jobs are done."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        waiting = subprocess.run(["lpstat", "-o"], capture_output=True, text=True, check=True, timeout=20).stdout
        if not waiting.strip():
            return sorted((cups / "printed").glob("*.pdf"))
        time.sleep(0.2)
    raise AssertionError((cups / "error_log").read_text()[-3000:])


def pages(path: Path) -> list[Image.Image]:
    """The pages at 150 dpi, as they lie on the paper: how a viewer is to turn them is left out."""
    shown = []
    for page in pypdfium2.PdfDocument(path):
        page.set_rotation(0)
        image = page.render(scale=DPI / 72).to_pil().convert("L")
        shown.append(image.filter(ImageFilter.GaussianBlur(3)))  # sizes are rounded to a point: one or two pixels
    return shown


def printed_box(page: Image.Image) -> list[float]:
    """Left, top, right and foot of what is printed, in millimetres."""
    box = ImageChops.invert(page).point(lambda grey: 255 * (grey > 40)).getbbox()
    assert box
    return [edge / DPI * 25.4 for edge in box]


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of grey, 0 to 255."""
    assert abs(one.width - other.width) <= 2
    assert abs(one.height - other.height) <= 2
    size = (min(one.width, other.width), min(one.height, other.height))
    return float(ImageStat.Stat(ImageChops.difference(one.crop((0, 0, *size)), other.crop((0, 0, *size)))).mean[0])


@pytest.mark.parametrize(
    ("paper", "flags"), [("a4", []), ("letter", ["--flip", "long"])], ids=["a4", "letter, long edge"]
)
def test_what_comes_out_is_what_we_made(
    run: Callable[..., Done], cups: Path, tmp_path: Path, paper: str, flags: list[str]
) -> None:
    choices = ["--setup", "floor", "--paper", paper, *flags]
    assert run("build", *choices, "--edition", "home", "--out", "ours.pdf").code == 0
    done = run("print", *choices)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Sent to paper: 4 sheets of ")
    (came,) = printed(cups)
    ours, theirs = pages(tmp_path / "ours.pdf"), pages(came)
    assert len(theirs) == len(ours) == 8
    wide, high = {"a4": (297, 210), "letter": (279.4, 215.9)}[paper]
    for page in pypdfium2.PdfDocument(came):
        assert sorted(side / MM for side in page.get_size()) == pytest.approx([high, wide], abs=0.3)
    turn = min((90, 270), key=lambda angle: difference(ours[0], theirs[0].rotate(angle, expand=True)))
    for one, other in zip(ours, theirs, strict=True):  # paper goes through a printer upright, all sides the same way
        lying = other.rotate(turn, expand=True)
        assert printed_box(lying) == pytest.approx(printed_box(one), abs=0.4), "nothing is scaled or moved"
        assert difference(one, lying) < 3
        assert difference(one, other.rotate(turn + 180, expand=True)) > 5, "it would see a page on its head"
    log = (cups / "error_log").read_text()
    assert f"sides=two-sided-{'long' if flags else 'short'}-edge" in log
    assert "print-scaling=none" in log


def test_copies_and_the_log_of_a_wrong_printer(run: Callable[..., Done], cups: Path) -> None:
    assert run("print", "--pages", "8", "--copies", "3").code == 0
    (came,) = printed(cups)
    assert len(pypdfium2.PdfDocument(came)) == 3 * 4
    done = run("print", "--printer", "papr")
    assert done == Done(1, "", "there is no printer `papr`: paper; did you mean `paper`?\n")


def test_cups_that_has_gone(run: Callable[..., Done], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "none.sock"))
    done = run("print", "--pages", "8")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("CUPS knows no printer: ")
