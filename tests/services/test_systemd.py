"""The unit that runs the service under systemd."""

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.acceptance.commands import minqing
from tests.acceptance.town import ROOT

UNIT = ROOT / "deploy" / "systemd" / "minqing.service"


def settings():
    lines = (line for line in UNIT.read_text(encoding="utf-8").splitlines() if "=" in line and not line.startswith("#"))
    return dict(line.split("=", 1) for line in lines)


def test_what_it_starts_is_a_command_that_takes_a_folder(tmp_path):
    program, command, folder = shlex.split(settings()["ExecStart"])
    assert (Path(program).name, folder) == ("minqing", "/var/lib/minqing")
    done = minqing(command, tmp_path / "nothing")
    assert done.code == 2
    assert str(tmp_path / "nothing" / "settings.yaml") in done.err


def test_it_is_started_again_however_often_it_ends():
    assert (settings()["Restart"], settings()["StartLimitIntervalSec"]) == ("always", "0")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_understands_every_line(tmp_path):
    text = UNIT.read_text(encoding="utf-8").replace(shlex.split(settings()["ExecStart"])[0], shutil.which("true"))
    copy = tmp_path / UNIT.name
    copy.write_text(text.replace("User=minqing", "User=daemon").replace("Group=minqing", "Group=daemon"))
    found = subprocess.run(["systemd-analyze", "verify", copy], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")
