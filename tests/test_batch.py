"""Batches: tables and what is wrong in them, names of files, what is made again, interruptions."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from screens import complaints_about

from booklet.batching import Tally, run, tasks_of
from booklet.branding import find_brand
from booklet.building import Request, make
from booklet.copies import Common, Maker, brand_columns
from booklet.errors import InvalidFile
from booklet.findings import Limits
from booklet.folders import folder
from booklet.inspecting import inspect
from booklet.manifests import JOURNAL, MANIFEST, Ledger
from booklet.proofing import report
from booklet.rosters import read_roster
from booklet.routines import RoutineFile, read_routine
from booklet.wishes import preset_of
from booklet.writing import safe_name

Run = Callable[..., "subprocess.CompletedProcess[str]"]
PLAIN = {"paper": None, "theme": None, "skin": "", "giver_skin": "", "large_print": False, "pages": None, "receiver": "",
         "giver": "", "flip": "short", "duplex": "auto", "backs": "last-first", "singles": False, "gsm": 80, "ink": "colour"}  # fmt: skip
THREE = """name,contact.phone,booking.url,setup,minutes
Stillwater North,0100 1,https://s.example/1,table,30
Stillwater East,0100 2,https://s.example/2,table,30
Stillwater South,0100 3,https://s.example/3,chair,45
"""


@pytest.fixture(scope="module")
def routine() -> RoutineFile:
    return read_routine(folder("templates") / "routines" / "back-massage.yaml")


def common(routine: RoutineFile, brand: str | None = "stillwater", name: str = "") -> Common:
    return Common(routine, find_brand(brand) if brand else None, {}, dict(PLAIN), None, name)


def table(tmp_path: Path, text: str, name: str = "t.csv", encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def batch(*words: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "booklet", "batch", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


# --- tables ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("name,setup\nOne,bed\n", "utf-8"),
        ("name,setup\r\nOne,bed\r\n", "utf-8-sig"),
        ("name;setup\r\nOne;bed\r\n", "utf-8-sig"),
        ("sep=;\r\nname;setup\r\nOne;bed\r\n", "utf-8"),
        ("name\tsetup\nOne\tbed\n", "utf-8"),
        ('name,setup\n"One","bed"\n\n,\n', "utf-8"),
        ("name,setup,,\nOne,bed,,\n", "utf-8"),
    ],
    ids=["commas", "with a mark", "Excel's semicolons", "Excel's sep line", "tabs", "quotes", "emptied columns"],
)
def test_tables_as_spreadsheets_write_them(text: str, encoding: str, tmp_path: Path) -> None:
    roster = read_roster(table(tmp_path, text, encoding=encoding))
    assert [{name: cell.text for name, cell in row.cells.items()} for row in roster.rows] == [
        {"name": "One", "setup": "bed"}
    ]


def test_a_cell_knows_its_place(tmp_path: Path) -> None:
    text = 'name,contact.address,setup\n"Spa, One","two\nlines",bed\nTwo,,chair\n'
    first, second = read_roster(table(tmp_path, text)).rows
    assert (first.place.line, first.cells["contact.address"].place.column) == (2, 12)
    assert (second.place.line, second.cells["setup"].place.column) == (4, 6)
    assert "contact.address" not in second.cells


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C"])), min_size=2, max_size=2), max_size=6
    )
)
def test_what_is_written_as_csv_is_read_back(rows: list[list[str]]) -> None:
    from tempfile import TemporaryDirectory

    out = io.StringIO()
    csv.writer(out).writerows([["a", "b"], *rows, ["x", "y"]])
    with TemporaryDirectory() as name:
        path = Path(name) / "t.csv"
        path.write_bytes(out.getvalue().encode())
        found = [{key: cell.text for key, cell in row.cells.items()} for row in read_roster(path).rows]
    kept = [
        {key: cell.strip() for key, cell in zip("ab", row, strict=True) if cell.strip()} for row in [*rows, ["x", "y"]]
    ]
    assert found == [row for row in kept if row]


def test_json_lines(tmp_path: Path) -> None:
    text = '{"name": "One", "contact": {"phone": "1", "social": ["@a", "b.example"]}, "minutes": 30, "large-print": true}\n\n'
    (row,) = read_roster(table(tmp_path, text, "t.jsonl")).rows
    cells = {name: cell.text for name, cell in row.cells.items()}
    assert cells == {"name": "One", "contact.phone": "1", "contact.social": "@a | b.example", "minutes": "30", "large-print": "yes"}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("t.csv", "", "t.csv:1:1: the table has no rows"),
        ("t.csv", "name\n", "t.csv:1:1: the table has no rows"),
        ("t.csv", "name,nmae\nA,B\n", "t.csv:1:6: the column `nmae` isn't known; did you mean `name`?"),
        ("t.csv", "name,contact.fone\nA,B\n", "did you mean `contact.phone`?"),
        ("t.csv", "name,name\nA,B\n", "t.csv:1:6: there are two columns `name`: take one out"),
        ("t.csv", "name,,setup\nA,,bed\n", "t.csv:1:6: this column has no name"),
        ("t.csv", "name,setup\nA,bed,more\n", "t.csv:2:1: the row has 3 cells, the table 2 columns"),
        ("t.csv", 'name,setup\n"A,bed\n', "t.csv:2:1: can't be read as a table"),
        ("t.csv", "name\nA\x07B\n", "t.csv:2:2: the letter U+0007 can't stand in a table"),
        ("t.jsonl", '{"name": "A"\n', "t.jsonl:1:13: isn't JSON"),
        ("t.jsonl", "[1]\n", "t.jsonl:1:1: expected an object"),
        ("t.jsonl", '{"name": "A", "name": "B"}\n', "t.jsonl:1:1: `name` is there twice"),
        ("t.jsonl", '{"name": [1]}\n', "t.jsonl:1:2: `name` is neither a text"),
        ("t.jsonl", '{"name": "\\ud800"}\n', "`name` holds letters that can't be printed"),
        ("t.jsonl", '{"a":' * 5000 + "\n", "t.jsonl:1"),
        ("t.xlsx", "PK", "is no table: give a .csv or .jsonl file, or a folder of brand files"),
        ("t.csv", "name\nSpa\nSPA!\n", "t.csv:3:1: its files would be called spa, as those of line 2"),
    ],
)  # fmt: skip
def test_a_wrong_table_is_refused_before_anything_is_made(name: str, text: str, message: str, tmp_path: Path) -> None:
    result = batch(table(tmp_path, text, name), "--out", tmp_path / "made")
    assert result.returncode == 1
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert not list(tmp_path.glob("made/*.pdf"))


def test_a_table_in_another_encoding_says_how_to_save_it(tmp_path: Path) -> None:
    result = batch(table(tmp_path, "name\nCafé\n", encoding="latin-1"), "--out", tmp_path / "made")
    assert "t.csv:2:4: isn't UTF-8 text: save it as “CSV UTF-8”" in result.stderr


# --- rows -----------------------------------------------------------------------------------------------------------
ROWS = {  # ten and more sorts of bad rows: the row, the place and the message
    "Good,0123,https://s.example/1,table,30,,,,,": None,
    "Setup,,,tabel,30,,,,,": ":3:9: `tabel` is no choice of `setup`: floor, bed, table, chair, side; did you mean `table`?",
    "Minutes,,,table,5,,,,,": ":4:17: `minutes` is fewer than 8 (5)",
    "Number,,,table,half an hour,,,,,": ":5:16: `minutes` is a whole number from 8 to 90",
    "Link,,s.example,table,30,,,,,": ":6:7: `s.example` is no link",
    "Logo,,,table,30,,nothere.svg,,,": ":7:18: the logo can't be used: there is no file `nothere.svg` in the folder of t.csv",
    "Colour,,,table,30,,,orange,,": ":8:21: `orange` is no colour",
    "Limit,,,table,30,fever,,,,": ":9:1",
    "Paper,,,table,30,,,,a5,": ":10:21: `a5` is no choice of `paper`: a4, letter",
    "Size,,,table,30,,,,,maybe": ":11:21: expected yes or no, found `maybe`",
    "日本,,,table,30,,,,,": ":12:1: the font",
    '"A name that is so very long that nobody could ever set it on the cover, not even on two lines, not even small",,,table,30,,,,,': ":13:1",
    ",0123,,table,30,,,,,": ":14:1: `name` is missing",
}


def test_a_bad_row_stops_only_itself(tmp_path: Path) -> None:
    header = "name,contact.phone,booking.url,setup,minutes,limit,logo,colours.accent,paper,large-print\n"
    path = table(tmp_path, header + "\n".join(ROWS) + "\n")
    result = batch(path, "--edition", "screen", "--out", tmp_path / "made", "--jobs", 1)
    assert result.returncode == 1
    told = result.stderr
    for line, (row, message) in enumerate(ROWS.items(), 2):
        if message:
            assert message in told, row
            assert f"t.csv:{line}" in told, row
    assert "Traceback" not in told
    assert [one.name for one in tmp_path.glob("made/*.pdf")] == ["good-screen.pdf"]
    manifest = json.loads((tmp_path / "made" / MANIFEST).read_text())
    assert not manifest["complete"]
    assert {one["line"] for one in manifest["failed"]} >= {3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}


def test_columns_override_the_brand_and_the_choices(routine: RoutineFile, tmp_path: Path) -> None:
    text = "name,contact.phone,contact.social,tagline,booking.url,setup,limit,for,large-print,minutes\n"
    text += "Here,0123,@a | b.example,-,,chair,tender cleared,Ana,yes,20\n"
    (row,) = read_roster(table(tmp_path, text)).rows
    copy = Maker(common(routine)).copy(row)
    brand = copy.request.brand
    assert brand
    assert (brand.name, brand.contact.phone, brand.contact.social) == ("Here", "0123", ("@a", "b.example"))
    assert brand.tagline is None  # taken away
    assert brand.contact.address == "12 Mill Lane, Harrow Green"  # the brand file's
    assert brand.booking
    assert brand.booking.url == "https://stillwater.example/book"
    assert copy.given == {"setup": "chair", "limit": ["tender", "cleared"], "minutes": "20"}  # over the brand's table
    assert (copy.request.receiver, copy.request.large_print) == ("Ana", True)


def test_every_key_of_a_brand_is_a_column() -> None:
    columns = set(brand_columns())
    assert {"name", "tagline", "logo", "colours.accent", "contact.phone", "contact.social", "booking.text", "offer.until"} <= columns  # fmt: skip
    assert not {"offers", "choices", "contact", "colours"} & columns


def test_a_row_may_name_its_brand_file(routine: RoutineFile, tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("name: Other\ntagline: Else\n")
    rows = read_roster(table(tmp_path, "brand,name\nother.yaml,\n,Own\nnone.yaml,\n")).rows
    maker = Maker(common(routine))
    first, second = (maker.copy(row).request.brand for row in rows[:2])
    assert first
    assert second
    assert (first.name, first.tagline) == ("Other", "Else")
    assert (second.name, second.tagline) == ("Own", "Unhurried hands since 1998")
    with pytest.raises(InvalidFile, match=r"t.csv:4:1: there is no brand file none.yaml beside the table"):
        maker.copy(rows[2])


def test_a_table_without_any_brand(routine: RoutineFile, tmp_path: Path) -> None:
    (row,) = read_roster(table(tmp_path, "for,file\nAna,ana\n")).rows
    copy = Maker(common(routine, None)).copy(row)
    assert (copy.request.brand, copy.request.receiver, copy.file) == (None, "Ana", "ana")


# --- names of files -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Stillwater Spa", "stillwater-spa"),
        ("Zoë's Spa & Söhne", "zoe-s-spa-sohne"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "con-1"),
        ("日本スパ", "日本スパ"),
        ("a" * 300, "a" * 80),
        ("…", ""),
    ],
)
def test_names_of_files_are_safe(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text())
def test_any_text_makes_a_name_that_every_system_takes(text: str) -> None:
    name = safe_name(text)
    assert len(name.encode()) <= 255 - len("-screen-fronts.pdf") or len(name) <= 80
    assert not set(name) & set('/\\:*?"<>|.\0 \n')
    assert safe_name(name) == name or name.endswith("-1")


def test_a_pattern_names_the_files(routine: RoutineFile, tmp_path: Path) -> None:
    (row,) = read_roster(table(tmp_path, "name,setup\nThe Spa,bed\n")).rows
    assert Maker(common(routine, name="{setup}/{name} {line}")).copy(row).file == "bed-the-spa-2"
    with pytest.raises(InvalidFile, match=r"this row has no `setpu`: .*did you mean `setup`"):
        Maker(common(routine, name="{setpu}")).copy(row)


# --- what is made ---------------------------------------------------------------------------------------------------
def make_all(common: Common, path: Path, out: Path, editions: list[str], jobs: int = 1) -> Tally:
    out.mkdir(exist_ok=True)
    ledger, tally = Ledger(out), Tally()
    maker = Maker(common)
    tasks = tasks_of([(row, maker.copy(row)) for row in read_roster(path).rows], editions, ledger, tally)
    run(tasks, common, out, jobs, ledger, tally, lambda _: None)
    ledger.close({}, tally.files, tally.failed)
    return tally


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_copy_has_the_bytes_of_build(jobs: int, routine: RoutineFile, tmp_path: Path) -> None:
    shared = common(routine)
    path = table(tmp_path, THREE)
    tally = make_all(shared, path, tmp_path / "made", ["screen", "home"], jobs)
    assert (tally.made, tally.unchanged, tally.failed) == (6, 0, [])
    for row in read_roster(path).rows:
        copy = Maker(shared).copy(row)
        booklet = make(routine, copy.given, copy.request)
        for edition in ("screen", "home"):
            assert (tmp_path / "made" / f"{copy.file}-{edition}.pdf").read_bytes() == booklet.edition(edition)


def test_what_is_there_is_not_made_again(routine: RoutineFile, tmp_path: Path) -> None:
    shared, out = common(routine), tmp_path / "made"
    path = table(tmp_path, THREE)
    make_all(shared, path, out, ["home"])
    again = make_all(shared, path, out, ["home"])
    assert (again.made, again.unchanged) == (0, 3)
    (out / "stillwater-north-home.pdf").unlink()
    with (out / "stillwater-east-home.pdf").open("ab") as file:
        file.write(b"spoiled")
    mended = make_all(shared, path, out, ["home"])
    assert (mended.made, mended.unchanged) == (2, 1)
    changed = table(tmp_path, THREE.replace("0100 3", "0100 4"))
    assert make_all(shared, changed, out, ["home"]).made == 1


def test_the_manifest_tells_what_is_there(routine: RoutineFile, tmp_path: Path) -> None:
    out = tmp_path / "made"
    make_all(common(routine), table(tmp_path, THREE), out, ["home"])
    fewer = table(tmp_path, "\n".join(THREE.splitlines()[:3]) + "\n")
    make_all(common(routine), fewer, out, ["home"])
    manifest = json.loads((out / MANIFEST).read_text())
    assert [one["file"] for one in manifest["made"]] == ["stillwater-east-home.pdf", "stillwater-north-home.pdf"]
    assert [one["file"] for one in manifest["others"]] == ["stillwater-south-home.pdf"]
    for one in manifest["made"]:
        data = (out / one["file"]).read_bytes()
        assert (one["bytes"], one["sha256"]) == (len(data), sha256(data).hexdigest())
    assert not (out / JOURNAL).exists()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"made": 3}', '{"made": [{"file": 1}], "others": []}'])
def test_a_manifest_that_makes_no_sense_is_no_harm(text: str, tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text(text)
    (tmp_path / JOURNAL).write_text('{"file": "x"}\nnonsense\n{"fi')
    assert Ledger(tmp_path).made == {}


def test_rows_of_one_name_are_told_with_all_others_that_are_wrong(tmp_path: Path) -> None:
    rows = ["Rose,table,30", "Lily,tabel,30", "Rose,floor,30", "Rose,bed,half an hour"]
    path = table(tmp_path, "name,setup,minutes\n" + "\n".join(rows) + "\n")
    result = batch(path, "--out", tmp_path / "made")
    assert result.returncode == 1
    alike = "its files would be called rose, as those of line 2: give the table a column `file`, or use --name"
    places = (":3:6: `tabel` is no choice", f":4:1: {alike}", f":5:1: {alike}", ":5:10: `minutes` is a whole number")
    assert all(told in result.stderr for told in places)
    assert not (tmp_path / "made").exists()


def test_a_dry_run_makes_nothing(tmp_path: Path) -> None:
    result = batch(table(tmp_path, THREE), "--brand", "stillwater", "--dry-run", "--out", tmp_path / "made")
    assert result.returncode == 0
    first, *lines = result.stdout.splitlines()
    assert first.endswith(
        f"t.csv: 3 rows. Without --dry-run 3 booklets would be made in the folder {tmp_path / 'made'}, each for screen and home:"
    )
    assert [line.split(":")[0] for line in lines] == ["  line 2", "  line 3", "  line 4"]
    assert lines[-1] == "  line 4: stillwater-south-screen.pdf, stillwater-south-home.pdf"
    assert not (tmp_path / "made").exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "made").write_text("in the way")
    result = batch(table(tmp_path, THREE), "--out", tmp_path / "made")
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1].startswith(f"can't write {tmp_path / 'made'}")
    assert "Traceback" not in result.stderr


def test_a_folder_of_brand_files(tmp_path: Path) -> None:
    brands = tmp_path / "brands"
    brands.mkdir()
    (brands / "one.yaml").write_text("name: The First\nchoices: {setup: chair}\n")
    (brands / "two.yaml").write_text("name: The Second\ntagline: 12\n")
    (brands / "bad.yaml").write_text("nmae: Wrong\n")
    result = batch(brands, "--edition", "home", "--out", tmp_path / "made")
    assert result.returncode == 1
    assert "bad.yaml:1:1" in result.stderr
    assert sorted(one.name for one in tmp_path.glob("made/*.pdf")) == ["one-home.pdf", "two-home.pdf"]


# --- interruptions --------------------------------------------------------------------------------------------------
def begin(path: Path, out: Path, jobs: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "booklet", "batch", str(path), "--brand", "stillwater", "--edition", "home",
               "--out", str(out), "--jobs", str(jobs)]  # fmt: skip
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while not list(out.glob("*.pdf")) and time.monotonic() < deadline:
        assert process.poll() is None, process.communicate()[1]
        time.sleep(0.02)
    return process


def many(tmp_path: Path, count: int) -> Path:
    rows = [f"Spa {number},https://s.example/{number}" for number in range(count)]
    return table(tmp_path, "name,booking.url\n" + "\n".join(rows) + "\n")


def whole(path: Path) -> bool:
    return path.read_bytes().rstrip().endswith(b"%%EOF")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interruption_leaves_whole_files(how: signal.Signals, jobs: int, tmp_path: Path) -> None:
    out = tmp_path / "made"
    process = begin(many(tmp_path, 60), out, jobs)
    os.killpg(process.pid, how) if how == signal.SIGINT else process.send_signal(how)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Run the same command again to go on." in told
    assert "Traceback" not in told
    made = list(out.glob("*.pdf"))
    assert 0 < len(made) < 60
    assert all(map(whole, made))
    manifest = json.loads((out / MANIFEST).read_text())
    assert not manifest["complete"]
    assert len(manifest["made"]) == len(made)


def test_a_killed_batch_goes_on_where_it_was(tmp_path: Path) -> None:
    out, path = tmp_path / "made", many(tmp_path, 40)
    process = begin(path, out, 2)
    process.kill()
    process.communicate(timeout=60)
    deadline = time.monotonic() + 30
    while _children(process.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _children(process.pid), "its processes go on without it"
    (out / ".spa-99-home.pdf.abc.part").write_bytes(b"half a file")  # as a kill in the middle of a file leaves it
    before = {one.name for one in out.glob("*.pdf")}
    result = batch(path, "--brand", "stillwater", "--edition", "home", "--out", out, "--jobs", 2)
    assert result.returncode == 0, result.stderr
    manifest = json.loads((out / MANIFEST).read_text())
    assert manifest["complete"]
    assert len(manifest["made"]) == 40
    assert {one["file"] for one in manifest["made"]} >= before
    assert all(map(whole, out.glob("*.pdf")))
    assert not list(out.glob(".*.part"))


def _children(group: int) -> list[int]:
    """The processes that are left of a group."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(int(entry.name))
    return found


def test_a_mistake_in_the_program_stops_one_copy(
    routine: RoutineFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import booklet.batching

    def broken(file: RoutineFile, given: object, request: Request, kept: object) -> object:
        if request.brand and request.brand.name == "Stillwater East":
            raise ZeroDivisionError("oh")
        return make(file, given, request, kept)  # type: ignore[arg-type]

    monkeypatch.setattr(booklet.batching, "make_checked", broken)
    tally = make_all(common(routine), table(tmp_path, THREE), tmp_path / "made", ["home"])
    assert tally.made == 2
    assert [(one.line, one.reason) for one in tally.failed] == [(3, "the program made a mistake (ZeroDivisionError: oh); please report it")]  # fmt: skip


# --- a franchise ----------------------------------------------------------------------------------------------------
@pytest.mark.slow
def test_a_thousand_places_in_all_editions_survive_a_kill(routine: RoutineFile, tmp_path: Path) -> None:
    """Both example brands, four kinds of booklet each; killed in the middle, begun again; a sample is looked into."""
    count, out = 1000, tmp_path / "made"
    for brand in ("stillwater", "maison-corail"):
        for path in (folder("templates") / "brands").glob(f"{brand}.*"):
            (tmp_path / path.name).write_bytes(path.read_bytes())
    rows = [
        f'"Place {n:04}, Ward {n % 7}",0{n:09},https://s.example/{n},{("table", "chair", "bed", "side")[n % 4]},'
        f"{(30, 45)[n % 2]},{('stillwater', 'maison-corail')[n % 3 == 0]}.yaml"
        for n in range(count)
    ]
    path = table(tmp_path, "name,contact.phone,booking.url,setup,minutes,brand\n" + "\n".join(rows) + "\n")
    words = [
        str(path),
        "--edition",
        "screen",
        "--edition",
        "home",
        "--edition",
        "shop",
        "--out",
        str(out),
        "--jobs",
        "2",
    ]
    process = subprocess.Popen([sys.executable, "-m", "booklet", "batch", *words], stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 300
    while len(list(out.glob("*.pdf"))) < count and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.2)
    assert process.poll() is None
    process.kill()
    process.communicate(timeout=60)
    before = {one.name for one in out.glob("*.pdf")}
    assert count <= len(before) < 3 * count
    result = subprocess.run([sys.executable, "-m", "booklet", "batch", *words], capture_output=True, text=True, timeout=600, check=False)  # fmt: skip
    assert result.returncode == 0, result.stderr
    manifest = json.loads((out / MANIFEST).read_text())
    assert manifest["complete"]
    assert len(manifest["made"]) == 3 * count == len(list(out.glob("*.pdf")))
    assert not list(out.glob(".*.part"))
    for one in manifest["made"]:
        assert sha256((out / one["file"]).read_bytes()).hexdigest() == one["sha256"]
    maker = Maker(Common(routine, None, {}, dict(PLAIN), preset_of(None, None, "a4")))
    for row in read_roster(path).rows[3::97]:
        copy = maker.copy(row)
        booklet = make(routine, copy.given, copy.request)
        assert copy.request.brand
        assert copy.request.brand.booking
        for edition in ("screen", "home", "shop"):
            data = (out / f"{copy.file}-{edition}.pdf").read_bytes()
            assert data == booklet.edition(edition)
            assert codes_in(data) == {str(copy.request.brand.booking.url)}
            if edition == "screen":
                assert complaints_about(data, booklet.pages) == []
            if edition == "shop":
                lines = report(inspect(data, "x.pdf"), Limits(), "not measured here").lines
                assert [line for line in lines if line.verdict == "fail"] == []


def codes_in(data: bytes) -> set[str]:
    """What the QR codes of a file's first and last pages say."""
    document = pypdfium2.PdfDocument(data)
    pages = {0, len(document) - 1}
    images = [document[page].render(scale=3, grayscale=True).to_pil() for page in pages]
    return {code.text for image in images for code in zxingcpp.read_barcodes(image)}
