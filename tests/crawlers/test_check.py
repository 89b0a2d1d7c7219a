"""A first look at an address, in a child process."""

import json
import subprocess
import sys

from tests.crawlers.crawling import CONTACT, ROOT
from tests.crawlers.site import Reply, Site
from tests.crawlers.spiders.test_json_api import answer, row
from tests.crawlers.spiders.test_page_list import detail, listing
from tests.crawlers.spiders.test_page_list import row as line

CHILD = f"""
import json, sys
from dataclasses import asdict
from pathlib import Path
from crawlers.check import check
from tests.contracts.crawl_store import NOW
found = check(sys.argv[1], Path(sys.argv[2]), NOW, contact={CONTACT!r}, allow_private_hosts=("127.0.0.1",))
print(json.dumps(asdict(found), default=str, ensure_ascii=False))
"""


def look(url, folder):
    command = [sys.executable, "-W", "error", "-c", CHILD, url, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_list_is_guessed_and_its_first_posts_are_shown_as_they_would_be_stored(tmp_path):
    pages = {"/list": Reply(listing(*map(line, range(1, 9))))} | {f"/d/{n}.html": Reply(detail(n)) for n in range(1, 9)}
    with Site(pages) as site:
        found = look(f"{site.url}/list", tmp_path)
    assert found["entry"]["kind"] == "page_list"
    assert found["entry"]["params"]["items"] == "ul.list > li"
    assert len(found["posts"]) == 5
    assert "13812345678" not in json.dumps(found)
    assert not (tmp_path / "voice.key").exists()


def test_an_interface_is_guessed_and_its_speakers_are_not_shown(tmp_path):
    with Site({"/api": Reply(answer(row(1), row(2)))}) as site:
        found = look(f"{site.url}/api", tmp_path)
    assert found["entry"]["kind"] == "json_api"
    assert len(found["posts"]) == 2
    assert "爱吃鱼的猫" not in json.dumps(found, ensure_ascii=False)


def test_what_cannot_be_read_is_said(tmp_path):
    with Site({"/x": Reply("没有什么可读的")}) as site:
        found = look(f"{site.url}/x", tmp_path)
    assert found["entry"] == {}
    assert "没有看出" in found["problems"][0]
