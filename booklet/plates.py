"""Ink on the plates, measured: Ghostscript draws the pages at 72 dpi, a picture for each plate."""

import math
import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageMath

from booklet.facts import PLATES, Sheet
from booklet.findings import trim_size
from booklet.records import dataclass

DPI = 72
MOST_PIXELS = 100_000_000  # of all pages: two hundred of A4
SECONDS = 60  # for a whole file; 16 pages take one
NOISE = 0.001  # of a page's pixels may have more ink than is told: edges, where a pixel is in two colours


@dataclass(frozen=True, slots=True)
class Coverage:
    """The mean share of each plate over all pages and the highest sum of ink on any, in percent, with its page."""

    means: dict[str, float]
    highest: float
    page: int


def measure(data: bytes, sheets: tuple[Sheet, ...]) -> Coverage | str:
    """What is on the plates of a file's trimmed pages, or why that can't be told."""
    if sum(math.prod(trim_size(sheet)) for sheet in sheets) * (DPI / 25.4) ** 2 > MOST_PIXELS:
        return "the pages are larger than those of any booklet"
    program = shutil.which("gs") or shutil.which("gswin64c")
    if program is None:
        return "Ghostscript isn't here"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "file.pdf"
        source.write_bytes(data)
        options = ["-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", f"-r{DPI}", "-dUseTrimBox"]
        smooth = ["-dTextAlphaBits=4", "-dGraphicsAlphaBits=4"]
        command = [program, *options, *smooth, f"-sOutputFile={folder}/%d.tif", str(source)]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return f"Ghostscript took more than {SECONDS} seconds"
        except (OSError, subprocess.CalledProcessError):
            return "Ghostscript couldn't draw the pages"
        try:
            return _read(Path(folder), len(sheets))
        except (OSError, ValueError):
            return "Ghostscript's pictures of the plates couldn't be read"


def _read(folder: Path, pages: int) -> Coverage:
    sums = dict.fromkeys(PLATES, 0.0)
    pixels, highest, page = 0, 0.0, 1
    for number in range(1, pages + 1):
        bands = {}
        for plate in PLATES:
            with Image.open(folder / f"{number}({plate}).tif") as band:
                bands[plate] = band.convert("L")
        histograms = {plate: band.histogram() for plate, band in bands.items()}
        for plate, histogram in histograms.items():
            sums[plate] += sum((255 - level) * times for level, times in enumerate(histogram))
        pixels += sum(histograms["Black"])
        if (found := _most(bands)) > highest:
            highest, page = found, number
    return Coverage({plate: 100 * total / 255 / max(pixels, 1) for plate, total in sums.items()}, highest, page)


def _most(bands: dict[str, Image.Image]) -> float:
    """The highest sum of ink, in percent; 0 in the pictures is full ink."""
    names = dict(zip("cmyk", bands.values(), strict=True))
    quarter = ImageMath.lambda_eval(lambda one: (one["c"] + one["m"] + one["y"] + one["k"] + 2) / 4, **names)
    counts = quarter.convert("L").histogram()
    left = sum(counts) * NOISE
    level = 0
    while level < 255 and left >= counts[level]:
        left -= counts[level]
        level += 1
    return (255 - level) * 400 / 255
