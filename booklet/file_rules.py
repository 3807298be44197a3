"""Rules for what stands beside the pages: printing condition, metadata, and what has no place in a file for print."""

import re
from collections import Counter

from booklet.facts import File
from booklet.findings import Limits, Line, count, judge

PAIRS = {
    "Title": "dc:title",
    "Subject": "dc:description",
    "Producer": "pdf:Producer",
    "Creator": "xmp:CreatorTool",
    "Trapped": "pdf:Trapped",
    "CreationDate": "xmp:CreateDate",
    "ModDate": "xmp:ModifyDate",
}
"""Keys of the information dictionary and of the metadata packet that mean the same."""
SECOND = 14  # digits of a date down to the second
ASKED = ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate", "xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass")  # fmt: skip
AGAIN = "Make the print-shop file again with `booklet build`."
NEWEST = "1.7"  # PDF/X-4 (ISO 15930-7) builds on PDF 1.6; what 1.7 added isn't used in print


def printing_condition(file: File, limits: Limits) -> Line:  # noqa: ARG001  # as all rules
    intent, fails, warns = file.intent, [], []
    if intent is None:
        fails.append("there is no output intent: the press doesn't know which paper and inks the colours are meant for")
    else:
        if not intent.channels:
            fails.append("the output intent has no profile")
        elif intent.channels != 4 or intent.model not in ("CMYK", ""):
            fails.append(f"the profile is for {intent.model or intent.channels} and not for CMYK")
        elif intent.device != "prtr":
            fails.append(f"the profile isn't one of a press (its class is “{intent.device}”)")
        if not intent.condition:
            fails.append("the printing condition isn't named")
        if intent.channels and not intent.description:
            warns.append("the profile has no name")
    well = f"{intent.condition} ({intent.description})" if intent else ""
    return judge("Printing condition", well, "It isn't said for which press the colours are made.", AGAIN, fails, warns)


def annotations(file: File, limits: Limits) -> Line:  # noqa: ARG001
    fails = []
    for sheet in file.sheets:
        for kind, number in Counter(sheet.annotations).items():
            fails.append(f"page {sheet.number}: {count(number, kind.lower() + ' annotation')}")
    return judge("Links and notes", "none", "Links, notes or fields lie on the pages; a press may print them, or stop.", AGAIN, fails)  # fmt: skip


def fields(file: File, limits: Limits) -> Line:  # noqa: ARG001
    return judge("Form fields", "none", "There is a form to fill in.", AGAIN, [f"field “{name}”" for name in file.fields])  # fmt: skip


def scripts(file: File, limits: Limits) -> Line:  # noqa: ARG001
    return judge("Scripts", "none", "There is JavaScript in the file, and this program never writes any: don't send it on before you know why.", AGAIN, file.scripts)  # fmt: skip


def attachments(file: File, limits: Limits) -> Line:  # noqa: ARG001
    return judge("Attached files", "none", "Other files are packed into this one.", AGAIN, file.attachments)


def lock(file: File, limits: Limits) -> Line:  # noqa: ARG001
    fails = ["the file is encrypted"] if file.encrypted else []
    return judge("Lock", "not locked", "Print shops can't work with a locked file.", "Save it without a password or limits on its use.", fails)  # fmt: skip


def version(file: File, limits: Limits) -> Line:  # noqa: ARG001
    fails = [f"it is PDF {file.version}"] if file.version > NEWEST else []
    return judge("PDF version", file.version, f"Presses take PDF up to {NEWEST}.", f"Save it as PDF 1.6 or {NEWEST}.", fails)  # fmt: skip


def standard(file: File, limits: Limits) -> Line:  # noqa: ARG001
    said = file.xmp.get("pdfxid:GTS_PDFXVersion", "")
    fails = [] if said == "PDF/X-4" else [f"its metadata say {said or 'nothing'}, not PDF/X-4"]
    warns = [f"its metadata lack {key}" for key in ASKED if not file.xmp.get(key)]
    return judge("PDF/X-4 keys", "the file says that it was prepared for PDF/X-4", "The file doesn't say all that PDF/X-4 asks for.", AGAIN, fails, warns)  # fmt: skip


def title(file: File, limits: Limits) -> Line:  # noqa: ARG001
    found = file.xmp.get("dc:title") or file.info.get("Title", "")
    return judge("Title", f"“{found}”", "The file has no title.", AGAIN, [] if found else ["no title"])


def trapped(file: File, limits: Limits) -> Line:  # noqa: ARG001
    said = file.info.get("Trapped") or file.xmp.get("pdf:Trapped", "")
    fails = [] if said in ("True", "False") else [f"it says “{said or 'nothing'}”, not True or False"]
    well = "the print shop does it (not trapped)" if said == "False" else "done already"
    return judge("Trapping", well, "It isn't said whether neighbouring colours overlap already.", AGAIN, fails)


def agreement(file: File, limits: Limits) -> Line:  # noqa: ARG001
    fails = [
        f"{key}: “{file.info[key]}” in one, “{file.xmp[other]}” in the other"
        for key, other in PAIRS.items()
        if key in file.info and other in file.xmp and _said(key, file.info[key]) != _said(key, file.xmp[other])
    ]
    return judge(
        "Metadata", "both records of the file say the same", "The file's two records of itself differ.", AGAIN, fails
    )


def _said(key: str, value: str) -> str:
    """A value in the form that both records share: dates, which they write differently, as their digits."""
    return re.sub(r"\D", "", value)[:SECOND] if key.endswith("Date") else value
