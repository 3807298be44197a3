"""The home edition: sheets that fold to 1..n however they are printed, creep, margins, marks, inks."""

import io
import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from booklets import build
from hypothesis import given
from hypothesis import strategies as st

from booklet.drafting import A5, FORMATS, HALF_LETTER, Format
from booklet.editions import Printing, caliper, home, sheets, singles
from booklet.items import PT, Page, Shape
from booklet.pdf import Meta, Side

META = Meta("Title", "en")


def blank(count: int, paper: Format = A5) -> tuple[Page, ...]:
    return tuple(Page(number, paper.width * PT, paper.height * PT, ()) for number in range(1, count + 1))


def halves(side: Side) -> tuple[int, int]:
    """The numbers of the pages on the left and right half of a side as it comes out of the printer, face up."""
    left, right = sorted(side.placed, key=lambda placed: placed.x)
    return left.page.number, right.page.number


def printed(
    fronts: tuple[Side, ...], backs: tuple[Side, ...], flip: str
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The sheets as they lie: the front as seen, and the back as seen once the sheet is turned like a book's leaf.

    Over the short edge a sheet turns like a leaf: the back reads as it is printed. Over the long edge it turns head over
    heels, so a back must be printed on its head to stand upright.
    """
    found = []
    for front, back in zip(fronts, backs, strict=True):
        assert not front.turned
        assert back.turned == (flip == "long")
        found.append((halves(front), halves(back)))
    return found


def folded(sheets: list[tuple[tuple[int, int], tuple[int, int]]]) -> list[int]:
    """The page numbers in reading order of sheets laid in each other, the first one outermost."""
    before, after = [], []
    for (last, first), (second, third) in sheets:
        before += [first, second]
        after = [third, last, *after]
    return before + after


@pytest.mark.parametrize("paper", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("flip", ["short", "long"])
@pytest.mark.parametrize("count", range(4, 68, 4))
def test_sheets_fold_to_the_pages_in_order(count: int, flip: str, paper: Format) -> None:
    fronts, backs = sheets(blank(count, paper), paper, Printing(flip=flip))  # type: ignore[arg-type]
    assert folded(printed(fronts, backs, flip)) == list(range(1, count + 1))


@pytest.mark.parametrize("flip", ["short", "long"])
@pytest.mark.parametrize("backs", ["last-first", "first-first"])
def test_fronts_and_backs_by_hand_come_in_the_order_of_the_paper(flip: str, backs: str) -> None:
    printing = Printing(flip=flip, duplex="manual", backs=backs)  # type: ignore[arg-type]
    booklet = build(pages=16, printing=printing)
    files = booklet.files("home")
    assert set(files) == {"-fronts", "-backs"}
    both = build(pages=16, printing=Printing(flip=flip)).files("home")[""]  # type: ignore[arg-type]
    whole, fronts, rears = (pypdfium2.PdfDocument(data) for data in (both, files["-fronts"], files["-backs"]))
    assert (len(whole), len(fronts), len(rears)) == (8, 4, 4)
    order = range(3, -1, -1) if backs == "last-first" else range(4)

    def look(page: pypdfium2.PdfPage) -> bytes:
        return bytes(page.render(scale=0.3).to_pil().tobytes())

    assert [look(page) for page in fronts] == [look(whole[2 * index]) for index in range(4)]
    assert [look(page) for page in rears] == [look(whole[2 * index + 1]) for index in order]


@pytest.mark.parametrize("flip", ["short", "long"])
def test_each_half_of_a_printed_sheet_is_its_page(flip: str) -> None:
    """Rendered, the halves are the screen edition's pages; a back for long-edge printers stands on its head."""
    booklet = build(pages=12, printing=Printing(flip=flip, gsm=100))  # type: ignore[arg-type]
    screen, sheet_file = (pypdfium2.PdfDocument(booklet.edition(name)) for name in ("screen", "home"))
    fronts, backs = sheets(booklet.pages, booklet.book.format, booklet.request.printing)
    for index, side in enumerate(side for pair in zip(fronts, backs, strict=True) for side in pair):
        image = sheet_file[index].render(scale=1, grayscale=True).to_pil()
        if side.turned:
            image = image.rotate(180)
        for placed in side.placed:
            left, top = round(placed.x), round(side.height - placed.y - placed.page.height)
            box = (left + 14, top + 14, left + round(placed.page.width) - 14, top + round(placed.page.height) - 14)
            page = screen[placed.page.number - 1].render(scale=1, grayscale=True).to_pil()
            expected = page.crop((14, 14, box[2] - box[0] + 14, box[3] - box[1] + 14))
            ink = [sum(255 - value for value in part.tobytes()) for part in (image.crop(box), expected)]
            assert ink[0] == pytest.approx(ink[1], rel=0.02, abs=5000), placed.page.number


@pytest.mark.parametrize(("gsm", "thick"), [(80, 0.11), (90, 0.12), (100, 0.13), (120, 0.15), (85, 0.115), (110, 0.14)])
def test_the_thickness_of_paper_follows_its_weight(gsm: int, thick: float) -> None:
    assert caliper(gsm) == pytest.approx(thick)


@given(st.integers(60, 160), st.integers(1, 13))
def test_inner_pages_creep_to_the_fold_by_the_paper_s_thickness(gsm: int, count: int) -> None:
    fronts, backs = sheets(blank(4 * count), A5, Printing(gsm=gsm))
    for index, (front, back) in enumerate(zip(fronts, backs, strict=True)):
        for side in (front, back):
            left, right = side.placed
            creep = index * caliper(gsm)
            assert (left.x + left.page.width) / PT == pytest.approx(148.5 + creep)
            assert right.x / PT == pytest.approx(148.5 - creep)


def test_creep_is_measured_back_from_the_file() -> None:
    data = home(build(pages=16).pages, A5, META, Printing(gsm=120))[""]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for index, page in enumerate(pdf.pages):
            content = page.Contents.read_bytes().decode("latin-1")
            starts = [float(x) / PT for x in re.findall(r"q 1 0 0 1 ([-\d.]+) [\d.]+ cm", content)[:2]]
            creep = index // 2 * 0.15
            assert starts == pytest.approx([0.5 + creep, 148.5 - creep], abs=0.01)


@pytest.mark.parametrize("printing", [Printing(), Printing(flip="long", gsm=120), Printing(duplex="singles")])
@pytest.mark.parametrize("paper", FORMATS)
def test_nothing_but_fold_marks_is_nearer_than_7_mm_to_the_sheet_s_edge(printing: Printing, paper: str) -> None:
    data = build(paper=paper, printing=printing).edition("home")
    for page in pypdfium2.PdfDocument(data):
        scale = 4.0
        image = page.render(scale=scale, grayscale=True).to_pil()
        edge = round(7 * PT * scale)
        middle = image.width // 2
        for box in (
            (0, 0, middle - 8, edge), (middle + 8, 0, image.width, edge),
            (0, image.height - edge, middle - 8, image.height), (middle + 8, image.height - edge, image.width, image.height),
            (0, 0, edge, image.height), (image.width - edge, 0, image.width, image.height),
        ):  # fmt: skip
            assert min(image.crop(box).tobytes()) == 255


def test_fold_and_staple_marks_are_where_hands_need_them() -> None:
    fronts, backs = sheets(blank(8), A5, Printing())
    lines = {}
    for name, side in (("outside", fronts[0]), ("inside", backs[0]), ("second", fronts[1])):
        shapes = [mark for mark in side.marks if isinstance(mark, Shape)]
        assert all(x == pytest.approx(148.5 * PT) for mark in shapes for _, (x, _) in mark.path)
        lines[name] = [tuple(round(y / PT, 2) for _, (_, y) in mark.path) for mark in shapes]
    ticks = [(3, 8), (202, 207)]
    assert lines["inside"] == lines["second"] == ticks
    assert lines["outside"] == [*ticks, (46.5, 58.5), (151.5, 163.5)]


@pytest.mark.parametrize("paper", [A5, HALF_LETTER])
def test_singles_are_upright_whole_and_in_order(paper: Format) -> None:
    sides = singles(blank(8, paper), paper)
    assert [side.placed[0].page.number for side in sides] == list(range(1, 9))
    for side in sides:
        (placed,) = side.placed
        assert side.width < side.height
        assert placed.x >= -0.01
        assert placed.y >= -0.01
        assert placed.x * 2 + placed.page.width * placed.scale == pytest.approx(side.width)
        assert 8 * placed.scale >= 7


def test_grey_has_black_ink_only_and_line_has_no_areas_of_colour() -> None:
    for ink in ("grey", "line"):
        data = build(printing=Printing(ink=ink)).edition("home")  # type: ignore[arg-type]
        with pikepdf.open(io.BytesIO(data)) as pdf:
            streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form"]
            for stream in [*(page.obj for page in pdf.pages), *streams]:
                used = {str(operator) for _, operator in pikepdf.parse_content_stream(stream)}
                assert not used & {"rg", "RG", "k", "K", "cs", "CS", "sc", "scn"}
    grey, line = (build(printing=Printing(ink=ink)).edition("home") for ink in ("grey", "line"))  # type: ignore[arg-type]
    ink_of = [
        sum(255 - v for p in pypdfium2.PdfDocument(d) for v in p.render(scale=0.5, grayscale=True).to_pil().tobytes())
        for d in (grey, line)
    ]
    assert ink_of[1] < 0.55 * ink_of[0]


@pytest.mark.parametrize(
    ("printing", "told"),
    [
        (Printing(), ("/DuplexFlipShortEdge", "/None")),
        (Printing(flip="long"), ("/DuplexFlipLongEdge", "/None")),
        (Printing(duplex="singles"), ("/DuplexFlipLongEdge", "/None")),
    ],
)
def test_the_file_tells_the_printer_how(printing: Printing, told: tuple[str, str]) -> None:
    with pikepdf.open(io.BytesIO(build(printing=printing).edition("home"))) as pdf:
        wishes = pdf.Root.ViewerPreferences
        assert (wishes.Duplex, wishes.PrintScaling) == told


def test_the_same_choices_print_the_same_bytes(tmp_path: Path) -> None:
    printing = Printing(flip="long", duplex="manual", gsm=90, ink="grey")
    assert build(printing=printing).files("home") == build(printing=printing).files("home")
