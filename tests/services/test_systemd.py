"""The unit that runs the service under systemd."""

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.acceptance.commands import minqing
from tests.acceptance.town import ROOT

UNITS = ROOT / "deploy" / "systemd"
UNIT = UNITS / "minqing.service"


def settings(unit=UNIT):
    lines = (line for line in unit.read_text(encoding="utf-8").splitlines() if "=" in line and not line.startswith("#"))
    return dict(line.split("=", 1) for line in lines)


def test_what_it_starts_is_a_command_that_takes_a_folder(tmp_path):
    program, command, folder = shlex.split(settings()["ExecStart"])
    assert (Path(program).name, folder) == ("minqing", "/var/lib/minqing")
    done = minqing(command, tmp_path / "nothing")
    assert done.code == 2
    assert str(tmp_path / "nothing" / "settings.yaml") in done.err


def test_the_backup_is_a_command_that_takes_a_folder_and_where_to_put_it(tmp_path):
    program, command, folder, into = shlex.split(settings(UNITS / "minqing-backup.service")["ExecStart"])
    assert (Path(program).name, folder) == ("minqing", "/var/lib/minqing")
    assert into in settings(UNITS / "minqing-backup.service")["ReadWritePaths"].split()
    assert minqing("init", tmp_path / "desk").code == 0
    done = minqing(command, tmp_path / "desk", tmp_path / "backups")
    assert (done.code, len(list((tmp_path / "backups").iterdir()))) == (0, 1)


def test_it_is_started_again_however_often_it_ends():
    assert (settings()["Restart"], settings()["StartLimitIntervalSec"]) == ("always", "0")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_understands_every_line(tmp_path):
    for unit in UNITS.iterdir():
        text = unit.read_text(encoding="utf-8").replace("/opt/minqing/.venv/bin/minqing", shutil.which("true"))
        (tmp_path / unit.name).write_text(
            text.replace("User=minqing", "User=daemon").replace("Group=minqing", "Group=daemon")
        )
    copies = sorted(tmp_path.iterdir())
    found = subprocess.run(["systemd-analyze", "verify", *copies], capture_output=True, text=True, check=False)
    assert (len(copies), found.returncode, found.stderr) == (3, 0, "")
