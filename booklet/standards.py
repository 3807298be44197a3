"""What PDF/UA-1 and PDF/A-2a ask for beside the pages: the tag tree, metadata, output intent and page keys."""

from html import escape
from typing import Any

from booklet.annotations import Touchables
from booklet.folders import PACKAGE
from booklet.internals import add, reference, set_keys, stream, string
from booklet.items import Page
from booklet.tagging import Annotation, Content, Element, Structure

METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Which part of ISO 14289 the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def claim(document: Any, structure: Structure, pages: tuple[Page, ...], language: str) -> None:
    """Adds everything that makes the document a PDF/UA-1 and PDF/A-2a file, once all its pages are drawn."""
    sheets = document.Pages.pages
    refs = [reference(document, sheet) for sheet in sheets]
    touchables = Touchables(document)
    annotations = _annotations(touchables, structure, pages, refs)
    for index, sheet in enumerate(sheets):
        keys: dict[str, Any] = {"StructParents": index}
        if annotations[index]:
            keys["Tabs"] = "/S"
            keys["Annots"] = f"[{' '.join(annotations[index])}]"
        set_keys(sheet, **keys)
    tree = _Tree(touchables, structure, pages, refs, annotations).write()
    catalog = {
        "StructTreeRoot": tree,
        "MarkInfo": "<< /Marked true >>",
        "Metadata": _metadata(document, language),
        "OutputIntents": _intent(document),
        "PageLabels": "<< /Nums [0 << /S /D >>] >>",
        "PageLayout": "/SinglePage",
        "OpenAction": f"[{refs[0]} /Fit]",
    }
    if form := touchables.form():
        catalog["AcroForm"] = form
    set_keys(document.Catalog, **catalog)


def _annotations(
    touchables: Touchables, structure: Structure, pages: tuple[Page, ...], refs: list[str]
) -> list[list[str]]:
    """References of the annotations, page by page; in the parent tree they come after the pages."""
    result, key = [], len(refs)
    for index, (page, touched) in enumerate(zip(pages, structure.touched, strict=True)):
        written = []
        for item in touched:
            written.append(touchables.write(item, page.height, index, refs[index], key, refs))
            key += 1
        result.append(written)
    return result


class _Tree:
    """Writes the structure tree: an object for each element, and the trees that lead from content to elements."""

    def __init__(
        self,
        touchables: Touchables,
        structure: Structure,
        pages: tuple[Page, ...],
        refs: list[str],
        annotations: list[list[str]],
    ) -> None:
        self.document, self.structure, self.pages, self.annotations = touchables.document, structure, refs, annotations
        self.heights = [page.height for page in pages]
        self.content: list[dict[int, str]] = [{} for _ in pages]
        self.touched: list[dict[int, str]] = [{} for _ in pages]
        self.named: list[tuple[str, str]] = []

    def write(self) -> str:
        root, raw = add(self.document)
        whole, top = add(self.document)
        kids = " ".join(self.element(section, whole) for section in self.structure.sections)
        top.body = f"<< /Type /StructElem /S /Document /P {root} /K [{kids}] >>"
        raw.body = f"<< /Type /StructTreeRoot /K [{whole}] /ParentTree {self.parents()} {self.names()} >>"
        return root

    def element(self, element: Element, parent: str) -> str:
        ref, raw = add(self.document)
        kids, page = [], None
        for kid in element.kids:
            match kid:
                case Element():
                    kids.append(self.element(kid, ref))
                case Content():
                    kids.append(str(kid.mcid))
                    self.content[kid.page][kid.mcid] = ref
                    page = kid.page
                case Annotation():
                    annotation = self.annotations[kid.page][kid.index]
                    kids.append(f"<< /Type /OBJR /Obj {annotation} /Pg {self.pages[kid.page]} >>")
                    self.touched[kid.page][kid.index] = ref
        parts = [f"<< /Type /StructElem /S /{element.role} /P {parent}"]
        if page is not None:
            parts.append(f"/Pg {self.pages[page]}")
        texts = (("T", element.title), ("Alt", element.alt), ("ActualText", element.spoken), ("Lang", element.language))
        parts += [f"/{key} {string(text)}" for key, text in texts if text]
        if element.id:
            parts.append(f"/ID {string(element.id)}")
            self.named.append((element.id, ref))
        parts.append(self.attributes(element, self.heights[page or 0]))
        parts.append(f"/K {kids[0] if len(kids) == 1 else '[' + ' '.join(kids) + ']'} >>" if kids else ">>")
        raw.body = " ".join(part for part in parts if part)
        return ref

    def attributes(self, element: Element, height: float) -> str:
        if element.kind in ("Column", "Row"):
            return f"/A << /O /Table /Scope /{element.kind} >>"
        if element.kind:
            return f"/A << /O /List /ListNumbering /{element.kind} >>"
        if element.box:
            left, top, wide, high = element.box
            box = f"{left:.1f} {height - top - high:.1f} {left + wide:.1f} {height - top:.1f}"
            return f"/A << /O /Layout /Placement /Block /BBox [{box}] >>"
        return ""

    def parents(self) -> str:
        """The parent tree: for each page the elements of its runs of content, for each annotation its element."""
        numbers = []
        for index, found in enumerate(self.content):
            numbers.append(f"{index} [{' '.join(found[mcid] for mcid in range(len(found)))}]")
        key = len(self.pages)
        for found, written in zip(self.touched, self.annotations, strict=True):
            for index in range(len(written)):
                numbers.append(f"{key} {found[index]}")
                key += 1
        return add(self.document, f"<< /Nums [{' '.join(numbers)}] >>")[0] + f" /ParentTreeNextKey {key}"

    def names(self) -> str:
        if not self.named:
            return ""
        return "/IDTree << /Names [%s] >>" % " ".join(f"{string(name)} {ref}" for name, ref in sorted(self.named))


def _metadata(document: Any, language: str) -> str:
    """The XMP packet: the same facts as in the information dictionary, and which standards the file follows."""
    info = document.info
    facts = {"title": info.title, "author": info.author, "subject": info.subject, "producer": info.producer}
    packet = METADATA.format(
        language=language, **{key: escape(str(value), quote=False) for key, value in facts.items()}
    )
    return add(document, stream("/Type /Metadata /Subtype /XML", packet.encode(), packed=False))[0]


def _intent(document: Any) -> str:
    profile = (PACKAGE / "colour" / "sRGB.icc").read_bytes()
    ref, _ = add(document, stream("/N 3 /Alternate /DeviceRGB", profile))
    name = "(sRGB IEC61966-2.1)"
    return f"[<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier {name} /Info {name} /DestOutputProfile {ref} >>]"
