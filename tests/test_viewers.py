"""The form in a real browser: filled in by typing and clicking in pdf.js in Chromium, saved, read back, looked at."""

import io
import json
import os
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from booklets import build
from PIL import Image

HERE = Path(__file__).parent / "viewers"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PLAN = [
    {"page": 5, "field": "two clean towels", "tick": True},
    {"page": 15, "field": "Date", "type": "22 Nov 2026"},
    {"page": 15, "field": "Receiver", "type": "Zoë Grün"},
    {"page": 15, "field": "Comfort before", "choose": 4},
    {"page": 15, "field": "Best move", "type": "Heel circles – “mmm”"},
    {"page": 16, "field": "Emergency number", "type": "112"},
]

pytestmark = pytest.mark.slow


@pytest.mark.skipif(
    not (HERE / "node_modules").is_dir() or not shutil.which(CHROMIUM),
    reason="needs Chromium and `npm install` in tests/viewers; .ci/run has both",
)
def test_fields_are_filled_in_and_saved_in_pdf_js(tmp_path: Path) -> None:
    form, plan, out = tmp_path / "form.pdf", tmp_path / "plan.json", tmp_path / "filled.pdf"
    form.write_bytes(build().edition("screen"))
    plan.write_text(json.dumps(PLAN))
    command = ["node", str(HERE / "fill.mjs"), str(form), str(plan), str(out), str(tmp_path / "shot")]
    subprocess.run(command, check=True, timeout=120)
    with pikepdf.open(io.BytesIO(out.read_bytes())) as pdf:
        values = {str(field.T): str(field.V) for field in pdf.Root.AcroForm.Fields if field.get("/V", "/Off") != "/Off"}
        assert {one["field"] for one in PLAN} == set(values)
    for one in PLAN:
        expected = one.get("type") or ("/Yes" if one.get("tick") else f"/{one['choose']}")
        assert values[str(one["field"])] == expected
    shown = "".join(page.get_text() for page in pymupdf.open(out))  # what was typed has an appearance that others draw
    assert "Zoë Grün" in shown
    empty, filled = (pymupdf.open(path)[4].get_pixmap(dpi=72).samples for path in (form, out))
    assert empty != filled
    shot = Image.open(tmp_path / "shot-15.png").convert("RGB")
    assert len(shot.getcolors(1 << 24) or []) > 50  # the browser drew the page
