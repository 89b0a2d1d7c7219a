import os
from dataclasses import replace

import pytest

from alerts.channels.printed import PrintedChannel, PrintedSettings
from alerts.errors import Transient
from tests.builders import at
from tests.contracts.channel import MESSAGE, ChannelContract

TO_PHONE = replace(MESSAGE, address="分机 8012")
TODAY = "2026-11-03.txt"


class Disk:
    """The folder of the lists; what is wrong with it takes the file's place or its bytes."""

    def __init__(self, data, monkeypatch):
        self.folder, self._patch = data / "printed", monkeypatch

    def received(self):
        text = (self.folder / TODAY).read_text(encoding="utf-8")
        return [line.removeprefix("原编号：") for line in text.splitlines() if line.startswith("原编号：")]

    def refuse_for_now(self):
        (self.folder / TODAY).mkdir(parents=True)

    def break_off(self):
        self._patch.setattr(os, "fsync", _full)

    stall = break_off

    def behave(self):
        self._patch.undo()
        if (self.folder / TODAY).is_dir():
            (self.folder / TODAY).rmdir()

    def stop(self):
        self.folder.write_text("no folder")


def _full(_):
    raise OSError(28, "No space left on device")


@pytest.fixture
def channel(tmp_path):
    return PrintedChannel(PrintedSettings(), tmp_path)


@pytest.fixture
def far_side(tmp_path, monkeypatch):
    return Disk(tmp_path, monkeypatch)


class TestPrintedChannel(ChannelContract):
    # Paper refuses nobody.
    test_a_refusal_for_good_is_permanent_and_hinders_nobody_else = None
    test_an_address_that_is_none_is_permanent = None

    @pytest.fixture
    def message(self):
        return TO_PHONE


def test_a_slip_has_all_that_a_person_at_the_phone_needs(channel, tmp_path):
    channel.send(TO_PHONE)
    slip = (tmp_path / "printed" / TODAY).read_text(encoding="utf-8")
    for part in (MESSAGE.subject, "值班员甲　分机 8012", "11月3日12时00分", "【未经核实】", "□ 已通知"):
        assert part in slip


def test_each_beijing_day_has_its_list(channel, tmp_path):
    channel.send(replace(TO_PHONE, at=at(11.99)))
    channel.send(replace(TO_PHONE, at=at(12)))
    assert sorted(path.name for path in (tmp_path / "printed").iterdir()) == [TODAY, "2026-11-04.txt"]


def test_a_full_disk_leaves_no_half_slip(channel, far_side):
    channel.send(TO_PHONE)
    before = (far_side.folder / TODAY).read_bytes()
    far_side.break_off()
    with pytest.raises(Transient, match="磁盘"):
        channel.send(TO_PHONE)
    assert (far_side.folder / TODAY).read_bytes() == before


@pytest.mark.parametrize("address", ["", "值班室", "duty@town.example"])
def test_an_address_without_a_number_is_a_problem_but_still_makes_a_slip(channel, tmp_path, address):
    assert "没有电话号码" in channel.address_problem(address)
    channel.send(replace(TO_PHONE, address=address))
    slip = (tmp_path / "printed" / TODAY).read_text(encoding="utf-8")
    assert f"请通知：值班员甲　{address or '（值班表中没有电话，请查通讯录）'}" in slip
