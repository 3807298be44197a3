"""Files that other files name stay in the folder of the one that names them."""

from pathlib import Path

import pytest

from booklet.branding import read_brand
from booklet.errors import InvalidFile, Place
from booklet.folders import beside, look, looked_at
from booklet.reading import read_yaml
from booklet.shops import read_shop


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with links, beside what is none of a brand's business."""
    mine = tmp_path / "mine"
    (mine / "logos").mkdir(parents=True)
    (tmp_path / "secret.svg").write_text("<svg/>")
    (mine / "out.svg").symlink_to(tmp_path / "secret.svg")
    (mine / "away").symlink_to(tmp_path)
    (mine / "round").symlink_to(mine / "round")
    (mine / "in.svg").symlink_to(mine / "logos" / "logo.svg")
    return mine


@pytest.mark.parametrize("name", ["logo.svg", "logos/logo.svg", "./logos/../logo.svg", "in.svg", "…/ü.svg"])
def test_what_lies_beside_or_below_is_found(name: str, home: Path) -> None:
    assert beside(name, Place(str(home / "spa.yaml"), 2, 7)) == home / name


OUTSIDE = ["../secret.svg", "logos/../../secret.svg", "/etc/passwd", "out.svg", "away/secret.svg", "round/x", "a\0b"]


@pytest.mark.parametrize("name", OUTSIDE)
def test_what_lies_outside_is_refused(name: str, home: Path) -> None:
    with pytest.raises(InvalidFile, match=r"spa.yaml:2:7: .* lies outside of the folder of spa.yaml"):
        beside(name, Place(str(home / "spa.yaml"), 2, 7))


@pytest.mark.parametrize("key", ["logo", "logo-on-accent", "theme", "fonts: {text", "fonts: {display"])
def test_a_brand_names_nothing_outside(key: str, home: Path) -> None:
    path = home / "spa.yaml"
    path.write_text(f"name: Spa\n{key}: ../secret.yaml{'}' * key.count('{')}\n")
    with pytest.raises(InvalidFile, match=r"spa.yaml:2:\d+: `../secret.yaml` lies outside"):
        read_brand(path)


def test_a_shop_names_no_profile_outside(home: Path) -> None:
    own = (Path(__file__).parent.parent / "templates" / "shops" / "europe-a5.yaml").read_text()
    path = home / "shop.yaml"
    lines = [line.partition(":")[0] + ": ../press.icc" if "profile:" in line else line for line in own.splitlines()]
    path.write_text("\n".join(lines))
    with pytest.raises(InvalidFile, match=r"`\.\./press\.icc` lies outside"):
        read_shop(path)


def test_looks_are_noted_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: 1")
    with looked_at() as seen:
        read_yaml(path)
        before = seen[path]
        path.write_text("a: 23")
        look(path)
        look(tmp_path / "none")
    assert seen == {path: before, tmp_path / "none": None}
    look(tmp_path / "later")  # nobody watches
    assert len(seen) == 2
