"""PDF objects and files: read back by pikepdf; the copy of a sealed file; fonts' codes and maps."""

import io
import zlib

import pikepdf
import pytest
from booklets import build
from hypothesis import given
from hypothesis import strategies as st

from booklet.embedding import Letters, embed, to_unicode
from booklet.objects import END, File, stream, string
from booklet.text import HOUSE


def small(file: File, title: str = "T") -> bytes:
    catalog, pages, page = file.reserve(), file.reserve(), file.reserve()
    content = file.add(stream("", b"0 0 9 9 re f"))
    file.put(page, f"<< /Type /Page /Parent {pages} /MediaBox [0 0 99 99] /Resources << >> /Contents {content} >>")
    file.put(pages, f"<< /Type /Pages /Count 1 /Kids [{page}] >>")
    file.put(catalog, f"<< /Type /Catalog /Pages {pages} >>")
    return file.finish(catalog, file.add(f"<< /Title {string(title)} >>"))


@pytest.mark.parametrize("title", ["plain", "Ä (title)", r"a\b", "a\nb", "日本"])
def test_a_file_is_read_back(title: str) -> None:
    data = small(File("1.7"), title)
    assert data.startswith(b"%PDF-1.7\n%")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert not pdf.check_pdf_syntax()
        assert len(pdf.pages) == 1
        assert str(pdf.docinfo["/Title"]) == title
        assert pdf.pages[0].Contents.read_bytes() == b"0 0 9 9 re f"


def test_an_object_without_a_body_is_a_bug() -> None:
    file = File("1.7")
    file.reserve()
    with pytest.raises(AssertionError, match=r"objects \[1\] have no body"):
        small(file)


def test_a_copy_of_a_sealed_file_goes_on_alone() -> None:
    """However many copies are made, each is the file that is written in one go."""
    begun = File("1.7")
    begun.add("<< /Shared 1 >>")
    begun.add(stream("", b"shared"))
    begun.seal()
    one, other = (small(begun.copy(), title) for title in ("one", "other"))
    again = File("1.7")
    again.add("<< /Shared 1 >>")
    again.add(stream("", b"shared"))
    again.seal()
    assert small(again, "other") == other
    assert one != other


def test_many_objects_fit_in_several_object_streams() -> None:
    file = File("1.7")
    references = [file.add(f"<< /Number {number} >>") for number in range(1000)]
    data = small(file)
    assert data.count(b"/ObjStm") == 6
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for number, reference in enumerate(references):
            assert pdf.get_object(int(reference.split()[0]), 0).Number == number


@given(st.binary(max_size=200))
def test_streams_end_with_a_line_end_of_their_own(data: bytes) -> None:
    """A last byte that is a return must not be taken for a part of the line end."""
    body = stream("/Type /X", data)
    head, _, rest = body.partition(b"stream\n")
    assert rest.endswith(END)
    packed = rest.removesuffix(END)
    assert zlib.decompress(packed) == data
    assert f"/Length {len(packed)}".encode() in head


# --- fonts ----------------------------------------------------------------------------------------------------------
@given(st.text(st.sampled_from([chr(code) for code in HOUSE.sans.widths if code not in (0xA0, 0x20)]), max_size=600))
def test_letters_keep_their_codes(text: str) -> None:
    letters = Letters("F1")
    first = letters.encode(text)
    assert letters.encode(text) == first
    shown = ""
    for name, codes in first:
        subset = letters.subsets[int(name.rpartition(".")[2])]
        shown += "".join(chr(subset[code]) for code in codes)
    assert shown == text
    assert all(len(subset) <= 256 and subset[0] == 0 for subset in letters.subsets)
    assert all(subset[32] == 32 for subset in letters.subsets if len(subset) > 32)


def test_a_space_has_code_32_in_every_font() -> None:
    letters = Letters("F1")
    assert letters.encode("a b\u00a0c") == [("/F1.0", b"\x01 \x02 \x03")]


def test_unicode_maps_leave_out_code_0_and_come_in_blocks_of_100() -> None:
    made = to_unicode("F", (0, *range(0x100, 0x1FF)))
    assert "<00> <" not in made.replace("<00> <FF>", "")
    blocks = [line for line in made.splitlines() if line.endswith("beginbfchar")]
    assert blocks == ["100 beginbfchar", "100 beginbfchar", "55 beginbfchar"]
    assert to_unicode("F", (0, 0x1F600)).count("<D83DDE00>") == 1


def test_a_font_is_embedded_with_the_letters_that_are_used() -> None:
    file, letters = File("1.7"), Letters("F1")
    letters.encode("Hello")
    fonts = embed(file, HOUSE.sans, letters)
    assert list(fonts) == ["F1.0"]
    data = small(file)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        font = pdf.get_object(int(fonts["F1.0"].split()[0]), 0)
        assert str(font.BaseFont).startswith("/AAAAAA+")
        assert font.FirstChar == 0
        assert font.LastChar == len(font.Widths) - 1 == 32
        assert font.Widths[1] == HOUSE.sans.widths[ord("H")]
        program = font.FontDescriptor.FontFile2
        assert len(program.read_bytes()) == program.Length1 < 20_000


def test_a_booklet_is_a_sound_file_without_a_date() -> None:
    for edition in ("screen", "home"):
        data = build(setup="chair").edition(edition)
        assert b"CreationDate" not in data
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert not pdf.check_pdf_syntax()
