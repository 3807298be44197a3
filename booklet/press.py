"""What a file for the press has beside its pages: boxes, output intent and metadata, as PDF/X-4 (ISO 15930-7) asks.

Nothing here can certify a file: it is prepared for PDF/X-4, and `booklet proof` says what was checked.
"""

import os
import uuid
from datetime import UTC, datetime

from booklet.objects import File, escaped, file_stream, stream, string
from booklet.shops import Shop

Box = tuple[float, float, float, float]  # left, foot, right, head in points

DATE = 1_767_225_600  # 2026-01-01: PDF/X wants a date; without SOURCE_DATE_EPOCH all files have this one, and the same bytes
METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" \
xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer><pdf:Trapped>False</pdf:Trapped>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate><xmp:MetadataDate>{date}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{id}</xmpMM:DocumentID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<xmpMM:VersionID>1</xmpMM:VersionID>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def page_boxes(trim: Box, bleed: Box) -> str:
    """The keys of a page that say where it is cut."""
    return f"/TrimBox {_box(trim)} /BleedBox {_box(bleed)}"


def dates() -> dict[str, str]:
    """What the information dictionary of a file for the press says beside the booklet's own facts, as PDF objects."""
    when = _when()
    return {
        "CreationDate": f"(D:{when:%Y%m%d%H%M%S}Z)",
        "ModDate": f"(D:{when:%Y%m%d%H%M%S}Z)",
        "Trapped": "/False",
    }


def _when() -> datetime:
    return datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", DATE)), UTC)


def _box(box: Box) -> str:
    return "[%.3f %.3f %.3f %.3f]" % box


def metadata(facts: dict[str, str], content: bytes) -> bytes:
    """The XMP packet; `facts` are title, author, producer and language, `content` a hash of what is on the pages."""
    packet = METADATA.format(
        date=f"{_when():%Y-%m-%dT%H:%M:%SZ}",
        id=uuid.UUID(bytes=content),
        **{key: escaped(value) for key, value in facts.items() if key != "subject"},
    )
    return stream("/Type /Metadata /Subtype /XML", packet.encode(), packed=False)


def intent(file: File, shop: Shop) -> str:
    """The output intent with its profile embedded."""
    ref = file.add(file_stream("/N 4 /Alternate /DeviceCMYK", shop.profile))
    identifier, says = string(str(shop.intent.identifier)), string(str(shop.intent.says))
    keys = f"/OutputConditionIdentifier {identifier} /Info {says} /RegistryName (http://www.color.org)"
    return f"[<< /Type /OutputIntent /S /GTS_PDFX {keys} /DestOutputProfile {ref} >>]"
