"""What every Channel must do. A test module subclasses `ChannelContract` and gives the far side."""

from dataclasses import replace
from typing import Protocol

import pytest

from alerts.errors import Permanent, Transient
from alerts.model import Message
from tests.builders import NOON

MESSAGE = Message(
    key="ab12cd34" * 4,
    address="duty@town.example",
    recipient_name="值班员甲",
    subject="【Ⅲ级·首报·待核实】示范区仓库火灾（死亡4人待核实）",
    text="【Ⅲ级（较大）】【首报】【未经核实】\n事件：示范区仓库火灾\n.\n.点开头的行\n" + "很长的一行" * 400,
    html="<p>示范区仓库火灾</p>",
    at=NOON,
    thread="A20261103-0123456789-1",
)


class FarSide(Protocol):
    """What receives, with the faults a test asks for; `received` gives the key of each message it took."""

    def received(self) -> list[str]: ...

    def refuse_for_now(self) -> None: ...

    def refuse_for_good(self) -> None: ...

    def break_off(self) -> None: ...

    def stall(self) -> None: ...

    def behave(self) -> None: ...

    def stop(self) -> None: ...


class ChannelContract:
    """Give fixtures `channel` and `far_side`, and `message` where the channel's addresses are no mailboxes."""

    @pytest.fixture
    def message(self):
        return MESSAGE

    def test_it_has_a_name(self, channel):
        assert channel.name

    def test_a_message_arrives_with_its_key(self, channel, far_side, message):
        channel.send(message)
        assert far_side.received() == [message.key]

    def test_many_messages_arrive_in_order(self, channel, far_side, message):
        keys = [f"{n:032x}" for n in range(20)]
        for key in keys:
            channel.send(replace(message, key=key))
        assert far_side.received() == keys

    def test_a_repeat_carries_the_same_key(self, channel, far_side, message):
        channel.send(message)
        channel.send(message)
        assert far_side.received() == [message.key] * 2

    @pytest.mark.parametrize("fault", ["refuse_for_now", "break_off", "stall"])
    def test_a_passing_fault_is_transient_and_the_next_try_arrives(self, channel, far_side, message, fault):
        getattr(far_side, fault)()
        with pytest.raises(Transient, match=r"重试"):
            channel.send(message)
        far_side.behave()
        channel.send(message)
        assert far_side.received() == [message.key]

    def test_a_refusal_for_good_is_permanent_and_hinders_nobody_else(self, channel, far_side, message):
        far_side.refuse_for_good()
        with pytest.raises(Permanent, match=r"请"):
            channel.send(message)
        far_side.behave()
        channel.send(replace(message, key="other"))
        assert far_side.received() == ["other"]

    def test_a_far_side_that_is_down_is_transient(self, channel, far_side, message):
        far_side.stop()
        with pytest.raises(Transient, match=r"重试"):
            channel.send(message)

    def test_an_address_that_is_none_is_permanent(self, channel, message):
        with pytest.raises(Permanent, match=r"地址"):
            channel.send(replace(message, address="没有这样的地址"))
        assert channel.address_problem("没有这样的地址")
        assert channel.address_problem(message.address) == ""

    def test_it_can_be_closed_at_any_time_and_used_again(self, channel, far_side, message):
        channel.close()
        channel.send(message)
        channel.close()
        channel.close()
        channel.send(message)
        assert far_side.received() == [message.key] * 2
