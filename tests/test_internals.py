"""What we override of ReportLab: these fail loudly when a release changes a part that internals.py leans on."""

import inspect
import io
import zlib
from importlib.metadata import version

import pikepdf
from reportlab.pdfbase import pdfdoc, ttfonts
from reportlab.pdfgen.canvas import Canvas

from booklet import internals
from booklet.text import HOUSE
from booklet.typefaces import registered


def canvas() -> Canvas:
    return Canvas(
        io.BytesIO(), invariant=1, pageCompression=1, initialFontName=registered(HOUSE.sans), pdfVersion=(1, 7)
    )


def test_the_pinned_minor_is_installed() -> None:
    assert version("reportlab").split(".")[:2] == ["5", "1"]


def test_streams_end_right_before_endstream_still() -> None:
    """Our line end before `endstream` is for streams that have none; one that had it would get two."""
    stream = pdfdoc.PDFStream(content=b"q Q")
    assert stream.format(canvas()._doc).endswith(b"stream\nq Qendstream\n")


def test_fonts_make_their_unicode_map_by_the_function_that_we_replace() -> None:
    assert ttfonts.makeToUnicodeCMap is internals.to_unicode
    source = inspect.getsource(ttfonts.TTFont.addObjects)
    assert "makeToUnicodeCMap(baseFontName, subset)" in source
    assert "doc.Reference(cmapStream, 'toUnicodeCMap:' + baseFontName)" in source


def test_unicode_maps_leave_out_code_0_and_come_in_blocks_of_100() -> None:
    made = internals.to_unicode("F", [0, *range(0x100, 0x1FF)])
    assert "<00> <" not in made.replace("<00> <FF>", "")
    assert [line for line in made.splitlines() if line.endswith("beginbfchar")] == [
        "100 beginbfchar", "100 beginbfchar", "55 beginbfchar",
    ]  # fmt: skip
    assert internals.to_unicode("F", [0, 0x1F600]).count("<D83DDE00>") == 1


def test_catalog_and_pages_take_keys_by_the_list_that_we_lengthen() -> None:
    for kind in (pdfdoc.PDFCatalog, pdfdoc.PDFPage):
        assert isinstance(kind.__NoDefault__, list)
        assert "OutputIntents" not in kind.__NoDefault__
        assert "StructParents" not in kind.__NoDefault__
    page = pdfdoc.PDFPage()
    internals.set_keys(page, StructParents=3, Tabs="/S")
    page.stream, page.Resources = "q Q", pdfdoc.PDFDictionary()
    made = page.format(canvas()._doc)
    assert b"/StructParents 3" in made
    assert b"/Tabs /S" in made
    assert "StructParents" not in pdfdoc.PDFPage.__NoDefault__


def test_the_document_keeps_its_objects_where_we_read_them() -> None:
    document = canvas()._doc
    ref, raw = internals.add(document, "<< /A 1 >>")
    number = int(ref.split()[0])
    assert document.idToObject[document.numberToId[number]] is raw
    assert "BasicFonts" in document.idToObject
    assert list(inspect.signature(pdfdoc.PDFDocument.GetPDFData).parameters) == ["self", "canvas"]
    assert "return self.format()" in inspect.getsource(pdfdoc.PDFDocument.GetPDFData)


def test_a_finished_file_has_object_streams_and_no_date() -> None:
    made = canvas()
    made.setTitle("Ä (title)")
    made._doc.info = internals.Information()
    made._doc.info.title = "Ä (title)"
    made.drawString(10, 10, "x")
    made.showPage()
    data = internals.finish(made)
    assert data.startswith(b"%PDF-1.7\n%")
    assert b"CreationDate" not in data
    assert b"/ObjStm" in data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Ä (title)"
        assert len(pdf.pages) == 1


def test_strings_and_streams_are_written_as_pdf_has_them() -> None:
    assert internals.string("a (b) \\") == r"(a \(b\) \\)"
    assert internals.string("é") == "<FEFF00E9>"
    assert internals.string("a\nb") == "<FEFF0061000A0062>"
    body = internals.stream("/Type /X", b"data" * 50)
    packed = body.split(b"stream\n", 1)[1].removesuffix(b"\r\nendstream")
    assert zlib.decompress(packed) == b"data" * 50
    assert b"/Length %d" % len(packed) in body


def test_fonts_that_are_not_embedded_are_told() -> None:
    made = Canvas(io.BytesIO(), invariant=1)  # Helvetica, as ReportLab has it
    made.drawString(10, 10, "x")
    made.showPage()
    internals.finish(made)
    assert internals.unembedded(made._doc) == ["Helvetica"]
