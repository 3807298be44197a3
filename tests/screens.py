"""What is asked of every screen edition: both standards, by page-validation; small; and kept for veraPDF where asked."""

import os
from hashlib import md5
from pathlib import Path

import page as page_validation

from booklet.figures import Photo
from booklet.items import Art, Page, walk

MOST_BYTES = 300_000  # of a booklet without photos
PROFILES = (page_validation.ValidationProfile.PDF_UA_1, page_validation.ValidationProfile.PDF_A_2A)


def complaints_about(data: bytes, pages: tuple[Page, ...], keep: bool = True) -> list[str]:
    """What is wrong with a screen edition; nothing where it conforms. Those to `keep` go to veraPDF, too."""
    found = []
    for profile in PROFILES:
        report = page_validation.validate_pdf_bytes(data, profile=profile)
        found += [f"{profile}: {failure.rule_id} {failure.message}" for failure in report.failures]
        assert report.checks.failed or report.is_compliant
    photos = any(isinstance(item, Art) and isinstance(item.drawing, Photo) for one in pages for item in walk(one.items))
    if len(data) > MOST_BYTES and not photos:
        found.append(f"{len(data)} bytes are more than {MOST_BYTES}")
    if keep and (folder := os.environ.get("BOOKLET_SCREENS")):
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / f"{md5(data).hexdigest()}.pdf").write_bytes(data)
    return found
