"""What `npm run build` makes: every icon that is named stands in the sprite; files stay short."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "src/fondouk/ui/static/ui/built"
BOUND = 500


def built(name: str) -> str:
    path = BUILT / name
    if not path.exists():
        pytest.fail(f"{name} is not built: run `npm ci && npm run build`")
    return path.read_text()


def test_the_sprite_holds_every_icon_that_is_named():
    node = shutil.which("node")
    if node is None:
        pytest.fail("node is needed: see the README")
    listed = subprocess.run(
        [node, "assets/build.mjs", "--check-icons"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert listed.returncode == 0, listed.stderr
    drawn = set(re.findall(r'<symbol id="([^"]+)"', built("sprite.svg")))
    assert set(listed.stdout.split()) - drawn == set()


@pytest.mark.parametrize("name", ["fondouk.css", "fondouk.rtl.css"])
def test_styles_ask_for_nothing_outside(name):
    styles = built(name)
    assert "sourceMappingURL" not in styles
    outside = [
        address
        for address in re.findall(r"url\([\"']?([^\"')]+)", styles)
        if not address.startswith(("data:", "fonts/", "#"))
    ]
    assert outside == []
    for font in re.findall(r"url\((fonts/[^)]+)\)", styles):
        assert (BUILT / font).exists()


def test_our_styles_mirror_by_themselves():
    """One copy serves both directions: no left, no right, except numbers that align right in both."""
    for path in (ROOT / "assets/css").glob("*.css"):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            for rule in re.findall(
                r"(?:margin|padding|border|inset)-(?:left|right)|(?<![-\w])(?:left|right):|text-align: left",
                line,
            ):
                pytest.fail(f"{path.name}:{number}: {rule}")


def test_every_colour_used_is_a_token():
    tokens = set(re.findall(r"(--(?:fk|chart)-[\w-]+):", (ROOT / "assets/css/tokens.css").read_text()))
    for path in (ROOT / "assets/css").glob("*.css"):
        own = set(re.findall(r"(--fk-[\w-]+):", path.read_text()))
        assert set(re.findall(r"var\((--(?:fk|chart)-[\w-]+)\)", path.read_text())) - tokens - own == set(), (
            path.name
        )


@pytest.mark.parametrize(
    "path",
    [*(ROOT / "assets").rglob("*.css"), *(ROOT / "assets").rglob("*.ts"), *(ROOT / "assets").rglob("*.mjs")],
    ids=str,
)
def test_files_stay_short(path):
    assert len(path.read_text().splitlines()) <= BOUND
