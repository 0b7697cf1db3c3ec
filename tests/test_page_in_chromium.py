"""The HTML page in a real browser: filters work, nothing is asked of the network."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from outcomes import every_kind

from doingoai_cli.feedback.html import to_html

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


def after(script: str, folder: Path) -> tuple[list[str], str]:
    """The codes that are still shown after `script` ran in the page, and what the counter says."""
    page = folder / "page.html"
    show = (
        "document.title = [...document.querySelectorAll('article:not([hidden])')].map(a => a.dataset.code).join()"
    )
    page.write_text(to_html(every_kind()).replace("</body>", f"<script>{script}; {show}</script></body>"), "utf-8")
    done = subprocess.run(
        [
            str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=2000", "--dump-dom", page.as_uri(),
        ],
        capture_output=True, encoding="utf-8", check=True, timeout=60,
    )  # fmt: skip
    title = re.search(r"<title>(.*?)</title>", done.stdout)
    shown = re.search(r'<span id="shown">(.*?)</span>', done.stdout)
    assert title is not None
    assert shown is not None
    return [code for code in title.group(1).split(",") if code], shown.group(1)


def choose(name: str, value: str) -> str:
    return f"form['{name}'].value = '{value}'; form.dispatchEvent(new Event('change'))"


@pytest.mark.parametrize(
    ("script", "codes", "counter"),
    [
        ("", ["DR07", "DR06", "DR09", "TK04", "DL06"], "Hiện 5 / 5"),
        (choose("severity", "warning"), ["DR09"], "Hiện 1 / 5"),
        (choose("code", "DR06"), ["DR06"], "Hiện 1 / 5"),
        (choose("agency", "Sở Y tế") + ";" + choose("severity", "error"), ["DR07", "DR06", "DL06"], "Hiện 3 / 5"),
    ],
)
def test_filters(script: str, codes: list[str], counter: str, tmp_path: Path) -> None:
    assert after(script, tmp_path) == (codes, counter)
