"""Takes docs/console.png anew from a console that runs at ADDRESS: python scripts/console_picture.py ADDRESS.

Start one with `make demo`. Needs the development environment and Debian's chromium.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

TARGET = Path(__file__).parents[1] / "docs" / "console.png"


def main(address: str) -> None:
    """One picture of the first page, as high as a screen."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.goto(address)
        page.wait_for_selector("h2")
        page.screenshot(path=TARGET)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
