"""What PDF/UA-1 and PDF/A-2a ask for beside the pages: the tag tree, metadata, output intent and page keys."""

from copy import copy

from booklet.folders import PACKAGE
from booklet.items import Page
from booklet.objects import File, escaped, file_stream, stream, string
from booklet.tagging import Annotation, Content, Element, Section, Tagged

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


class Tree:
    """Writes the structure tree: an object for each element, and the trees that lead from content to elements.

    Pages may come in any order; `finish` brings them into that of the book. `settle` writes down what is complete so far.
    """

    def __init__(
        self, file: File, sheets: tuple[str, ...], pages: tuple[Page, ...], sections: tuple[Section, ...]
    ) -> None:
        self.file, self.sheets, self.sections = file, sheets, sections
        self.heights = [page.height for page in pages]
        self.root, self.whole = file.reserve(), file.reserve()
        self.parts = [file.reserve() for _ in sections]
        self.open = list(range(len(sections)))
        self.waiting: dict[int, str] = {}
        self.leaves: list[tuple[int, str]] = []
        self.part_of = {
            index: part for part, section in zip(self.parts, sections, strict=True) for index in section.pages
        }
        self.kids: dict[int, list[str]] = {}
        self.touched = 0
        self.named: list[tuple[str, str]] = []

    def copy(self, file: File) -> "Tree":
        """The same for a copy of the file."""
        other = copy(self)
        other.file = file
        other.kids, other.named, other.open = dict(self.kids), list(self.named), list(self.open)
        other.waiting, other.leaves = dict(self.waiting), list(self.leaves)
        return other

    @property
    def next_key(self) -> int:
        """The number of the next annotation in the parent tree, where annotations come after the pages."""
        return len(self.sheets) + self.touched

    def page(self, index: int, tagged: Tagged, annotations: list[str]) -> None:
        """Adds the elements of a page, whose annotations have the keys from `next_key` on."""
        content: dict[int, str] = {}
        found: dict[int, str] = {}
        part = self.part_of[index]
        self.kids[index] = [self.element(one, part, annotations, content, found) for one in tagged.elements]
        self.waiting[index] = f"[{' '.join(content[mcid] for mcid in range(len(content)))}]"
        self.waiting |= {self.next_key + number: found[number] for number in range(len(annotations))}
        self.touched += len(annotations)

    def settle(self) -> None:
        """Writes the sections whose pages are all there, and a leaf of the parent tree for each run of new keys."""
        for number in [one for one in self.open if all(index in self.kids for index in self.sections[one].pages)]:
            section = self.sections[number]
            title = f"/T {string(section.title)} " if section.title else ""
            kids = " ".join(kid for index in section.pages for kid in self.kids[index])
            self.file.put(self.parts[number], f"<< /Type /StructElem /S /Sect /P {self.whole} {title}/K [{kids}] >>")
            self.open.remove(number)
        run: list[int] = []
        for key in sorted(self.waiting):
            if run and key > run[-1] + 1:
                self.leaf(run)
                run = []
            run.append(key)
        if run:
            self.leaf(run)
        self.waiting = {}

    def leaf(self, run: list[int]) -> None:
        """A leaf of the parent tree: for pages the elements of their runs of content, for annotations their element."""
        numbers = " ".join(f"{key} {self.waiting[key]}" for key in run)
        self.leaves.append((run[0], self.file.add(f"<< /Limits [{run[0]} {run[-1]}] /Nums [{numbers}] >>")))

    def finish(self) -> str:
        """Writes what holds the pages' elements together; the root's reference."""
        self.settle()
        parts = " ".join(self.parts)
        self.file.put(self.whole, f"<< /Type /StructElem /S /Document /P {self.root} /K [{parts}] >>")
        parents = (
            f"<< /Kids [{' '.join(leaf for _, leaf in sorted(self.leaves))}] >> /ParentTreeNextKey {self.next_key}"
        )
        body = f"<< /Type /StructTreeRoot /K [{self.whole}] /ParentTree {parents} {self.names()} >>"
        self.file.put(self.root, body)
        return self.root

    def element(
        self, element: Element, parent: str, annotations: list[str], content: dict[int, str], found: dict[int, str]
    ) -> str:
        """Adds an element with all in it; `content` and `found` take the elements of runs of content and of annotations."""
        reference = self.file.reserve()
        kids, page = [], None
        for kid in element.kids:
            match kid:
                case Element():
                    kids.append(self.element(kid, reference, annotations, content, found))
                case Content():
                    kids.append(str(kid.mcid))
                    content[kid.mcid] = reference
                    page = kid.page
                case Annotation():
                    kids.append(f"<< /Type /OBJR /Obj {annotations[kid.index]} /Pg {self.sheets[kid.page]} >>")
                    found[kid.index] = reference
        parts = [f"<< /Type /StructElem /S /{element.role} /P {parent}"]
        if page is not None:
            parts.append(f"/Pg {self.sheets[page]}")
        texts = (("Alt", element.alt), ("ActualText", element.spoken), ("Lang", element.language))
        parts += [f"/{key} {string(text)}" for key, text in texts if text]
        if element.id:
            parts.append(f"/ID {string(element.id)}")
            self.named.append((element.id, reference))
        parts.append(self.attributes(element, self.heights[page or 0]))
        parts.append(f"/K {kids[0] if len(kids) == 1 else '[' + ' '.join(kids) + ']'} >>" if kids else ">>")
        self.file.put(reference, " ".join(part for part in parts if part))
        return reference

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

    def names(self) -> str:
        """The tree of elements that have an ID; there are no more than fit in one node."""
        if not self.named:
            return ""
        return "/IDTree << /Names [%s] >>" % " ".join(f"{string(name)} {ref}" for name, ref in sorted(self.named))


def metadata(facts: dict[str, str]) -> bytes:
    """The XMP packet: the same facts as in the information dictionary, and which standards the file follows.

    `facts` are title, author, subject, producer and language.
    """
    packet = METADATA.format_map({key: escaped(value) for key, value in facts.items()})
    return stream("/Type /Metadata /Subtype /XML", packet.encode(), packed=False)


def intent(file: File) -> str:
    """The output intent: sRGB, its profile embedded."""
    profile = file.add(file_stream("/N 3 /Alternate /DeviceRGB", PACKAGE / "colour" / "sRGB.icc"))
    name = "(sRGB IEC61966-2.1)"
    return f"[<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier {name} /Info {name} /DestOutputProfile {profile} >>]"
