"""A disk of a few megabytes that a test may fill, seen by its own programs only."""

import os
import subprocess
from contextlib import suppress
from pathlib import Path

MOUNT = 'mount -t tmpfs -o "size=$1,uid=$2,mode=700" tmpfs "$3" && echo mounted && exec sleep infinity'


class NoSmallDisk(Exception):
    """No file system may be mounted here, not even in a namespace of our own."""


class SmallDisk:
    """A tmpfs over `folder` in a mount namespace of its own. Raises NoSmallDisk with the reason."""

    def __init__(self, folder, owner, size):
        if os.geteuid() != 0:
            raise NoSmallDisk("只有 root 能挂载一块小磁盘")
        command = ["unshare", "-m", "sh", "-c", MOUNT, "sh", size, str(owner), str(folder)]
        self._keeper = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if self._keeper.stdout.readline() != "mounted\n":
            _, said = self._keeper.communicate()
            raise NoSmallDisk(f"不能挂载一块小磁盘：{said.strip()}")
        self._filler = Path(f"/proc/{self._keeper.pid}/root{folder}") / "filler"
        self.within = ("nsenter", "-t", str(self._keeper.pid), "-m", "setpriv")

    def fill(self):
        """Not a byte is left."""
        with suppress(OSError), self._filler.open("ab", buffering=0) as file:
            while True:
                file.write(b"\0" * 4096)

    def make_room(self):
        """As much as before."""
        self._filler.unlink()

    def close(self):
        self._keeper.kill()
        self._keeper.communicate()
