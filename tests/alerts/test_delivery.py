from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts import ending, lifecycle
from alerts.delivery import (
    BACKOFF,
    FALLS_BACK_AFTER,
    GIVE_UP_AFTER,
    WAITS,
    after_failure,
    after_success,
    bundled,
    compose,
    fallback,
    stale,
)
from alerts.errors import Busy, Down, Permanent, Transient
from alerts.lifecycle import Action
from alerts.model import AlertState, Notification, NotificationState, Purpose, ReportKind
from alerts.people import Person
from alerts.reports import correction, daily, first, follow_up
from alerts.reports.brief import as_report
from analyzer.model import EventStatus
from tests.alerts.cases import DISTRICT, PLAN, alerted, fire, rated
from tests.builders import NOON, at

PERSON = Person(id="operator_a", name="值班员甲", channels={"email": "a@duty.example"})
EVENT = fire(4)
ALERT = alerted(EVENT)
REPORT = first.build(EVENT, rated(EVENT), ALERT, NOON, district=DISTRICT)


def note(purpose=Purpose.REPORT, **more):
    return Notification(
        id="k" * 32,
        recipient="operator_a",
        channel="email",
        created_at=more.pop("created_at", NOON),
        reason=more.pop("reason", "达到Ⅲ级"),
        purpose=purpose,
        alert_id=more.pop("alert_id", ALERT.id),
        event_id=EVENT.id,
        **more,
    )


def composed(purpose=Purpose.REPORT, *, alert=ALERT, report=REPORT, event=EVENT, **more):
    return compose(note(purpose, **more), alert, report, event, PERSON, at(1))


class TestCompose:
    def test_a_reports_subject_says_tier_kind_standing_event_and_figure(self):
        assert composed().subject == "【Ⅲ级·首报·待核实】示范区永固仓库火灾（死亡4人待核实）"

    @pytest.mark.parametrize("purpose", [Purpose.ESCALATION, Purpose.REMINDER, Purpose.MISS])
    def test_what_too_few_people_tell_by_now_is_urged_by_the_report_in_hand_alone(self, purpose):
        few = fire(9, voices=2, by_authority={"public": 2})
        mail = compose(note(purpose), ALERT, REPORT, few, PERSON, at(1), rating=rated(few))
        assert "9人" not in f"{mail.subject}{mail.text}{mail.html}"
        assert "4人" in mail.text

    def test_a_verified_follow_up(self):
        of = fire(6, 6)
        two = follow_up.build(of, rated(of), ALERT, [REPORT], at(1), district=DISTRICT)
        assert composed(report=two, event=of).subject == "【Ⅲ级·续报一·已核实】示范区永固仓库火灾（死亡6人）"

    def test_a_correction_names_the_figure_that_holds_and_not_the_one_it_takes_back(self):
        of = fire(5, 3)
        two = correction.build(of, rated(of), ALERT, [REPORT], at(1), district=DISTRICT)
        assert composed(report=two, event=of).subject == "【Ⅲ级·更正一·级别已核实】示范区永固仓库火灾（死亡3人）"

    def test_the_figure_is_the_reports_own_and_not_what_came_after(self):
        assert composed(event=fire(9)).subject.endswith("（死亡4人待核实）")

    def test_a_denied_event_is_said_to_be_denied(self):
        assert "已辟谣】" in composed(report=replace(REPORT, status=EventStatus.REFUTED)).subject

    def test_a_report_is_called_what_it_is_first_and_says_what_is_asked_next(self):
        first, second, *rest = composed(reason="达到Ⅲ级").text.splitlines()
        assert first == "【Ⅲ级（较大）】【首报】【未经核实】"
        assert second == "报送：达到Ⅲ级。请立即登录值班台签收。"
        assert "\n".join([first, *rest[1:]]).strip() == REPORT.text.strip()

    def test_the_subject_of_what_a_department_is_given_begins_with_the_tier_and_not_with_a_note(self):
        message = composed(Purpose.ASSIGNED, reason="请贵单位办理并回复：已电话告知")
        assert message.subject.startswith("【转办】【Ⅲ级·首报·待核实】")
        assert message.text.startswith("转办：请贵单位办理并回复：已电话告知。")

    def test_an_escalation_says_that_nobody_has_acknowledged(self):
        message = composed(Purpose.ESCALATION, step=2, reason="无人签收，第2次催办")
        assert message.subject.startswith("【催办2】无人签收【Ⅲ级·首报·待核实】")
        assert message.text.startswith("催办：无人签收，第2次催办。请立即登录值班台签收。")
        assert REPORT.text in message.text

    def test_what_urges_tells_what_is_true_at_sending_before_the_report_that_it_carries(self):
        now = fire(6, 5, answered_at=at(0.5), voices=9)
        taken = lifecycle.acted(ALERT, Action.ASSIGN, "operator_a", "", PLAN.response, at(0.2), "fire")
        one = note(Purpose.HANDED_OVER, reason="此事移交给您：已到场")
        message = compose(one, taken, REPORT, now, PERSON, at(1), rating=rated(now, at(1)))

        assert message.subject == "【移交】【Ⅲ级·首报·级别已核实】示范区永固仓库火灾（死亡已核实5人、待核实6人）"
        banner, standing, *rest = message.text.splitlines()
        assert banner == "移交：此事移交给您：已到场。"
        assert standing == (
            "示范区永固仓库火灾现况（11月3日13时00分）：Ⅲ级（较大），级别已核实，部分数字待核实；预警已转办，事件进行中"
        )
        assert "死亡：待核实6人｜已核实5人" in rest
        assert "官方已于11月3日12时30分回应" in rest
        assert "以下为11月3日12时00分签发的首报，其后的变化见上。" in rest
        assert message.text.strip().endswith(REPORT.text.strip())
        assert "死亡：待核实6人｜已核实5人" in message.html

    def test_a_report_is_sent_as_it_was_issued(self):
        sent = compose(note(), ALERT, REPORT, fire(9), PERSON, at(1), rating=rated(fire(9), at(1)))
        assert "现况" not in sent.text
        assert sent.subject.endswith("（死亡4人待核实）")

    def test_a_miss_says_which_clock(self):
        assert composed(Purpose.MISS, reason="签收超时").subject.startswith("【超时】签收超时【Ⅲ级")

    def test_a_drill_says_so_first_in_every_part(self):
        message = composed(alert=replace(ALERT, drill=True))
        assert message.subject.startswith("【演练】")
        assert "【演练】" in message.text
        assert "【演练】" in message.html

    def test_the_reports_first_line_is_the_mails_first_line(self):
        assert composed().text.splitlines()[0] == "【Ⅲ级（较大）】【首报】【未经核实】"

    def test_nobody_is_asked_to_acknowledge_what_somebody_has(self):
        seen = lifecycle.acknowledged(ALERT, "operator_a", PLAN.response, at(0.1))
        assert "签收。" in composed().text
        assert "请立即登录值班台签收" not in composed(alert=seen).text

    def test_key_thread_time_and_address(self):
        message = composed()
        assert (message.key, message.thread, message.at) == ("k" * 32, ALERT.id, at(1))
        assert (message.address, message.recipient_name) == ("a@duty.example", "值班员甲")
        assert message.attributes["tier"] == "III"

    def test_a_message_about_the_service_needs_no_alert(self):
        message = composed(Purpose.SERVICE, alert=None, report=None, event=None, alert_id=None, reason="来源全部中断")
        assert message.subject == "【系统】来源全部中断"
        assert "来源全部中断" in message.text
        assert "来源全部中断" in message.html

    def test_the_daily_brief(self):
        brief = as_report(daily.build(daily.BriefMaterial(date=NOON.date(), district=DISTRICT, now=at(12))))
        message = composed(alert=None, report=brief, event=None, alert_id=None)
        assert message.subject == "【日报】示范区民情日报（2026年11月3日）"
        assert message.text.startswith("【日报】无定级事件")

    def test_a_person_without_an_address_there_is_told_to_the_desk(self):
        nobody = replace(PERSON, channels={"sms": "1"})
        with pytest.raises(Permanent, match=r"“值班员甲”（operator_a）.*“email”.*roster\.yaml"):
            compose(note(), ALERT, REPORT, EVENT, nobody, NOON)

    @given(title=st.text(max_size=200), reason=st.text(max_size=200))
    def test_a_subject_is_one_line(self, title, reason):
        subject = composed(Purpose.MISS, event=replace(EVENT, title=title), reason=reason).subject
        assert len(subject.splitlines()) == 1
        assert len(subject) < 200


class TestStale:
    def closed(self, action=Action.CLOSE):
        seen = lifecycle.acknowledged(ALERT, "operator_a", PLAN.response, at(0.1))
        return ending.settled(seen, action, "operator_a", "误传", EVENT, PLAN.response, at(1))

    def test_what_is_still_true_is_sent(self):
        assert stale(note(), ALERT) == ""
        assert stale(note(Purpose.ESCALATION), replace(ALERT, state=AlertState.ESCALATED)) == ""

    def test_an_escalation_ends_with_the_acknowledgement_and_the_report_does_not(self):
        seen = lifecycle.acknowledged(ALERT, "operator_a", PLAN.response, at(0.1))
        assert "已签收" in stale(note(Purpose.ESCALATION), seen)
        assert stale(note(), seen) == ""
        assert stale(note(Purpose.MISS), seen) == ""

    @pytest.mark.parametrize("purpose", [Purpose.REPORT, Purpose.ESCALATION, Purpose.MISS, Purpose.EXPIRED])
    @pytest.mark.parametrize("action", [Action.CLOSE, Action.FALSE_ALARM])
    def test_an_ended_alert_calls_everything_back_and_says_why(self, purpose, action):
        closed = self.closed(action)
        assert closed.state.chinese in stale(note(purpose), closed)

    def test_a_department_that_has_answered_is_not_reminded_any_more(self):
        given = lifecycle.acted(ALERT, Action.ASSIGN, "operator_a", "", PLAN.response, at(0.1), "fire")
        answered = lifecycle.acted(given, Action.ANSWER, "operator_a", "已发通报", PLAN.response, at(1))
        assert stale(note(Purpose.REMINDER), given) == ""
        assert "已回应" in stale(note(Purpose.REMINDER), answered)

    def test_a_department_whose_matter_an_office_has_answered_is_not_reminded_any_more(self):
        given = replace(ALERT, state=AlertState.ASSIGNED, department="fire")
        assert "11月3日13时00分回应" in stale(note(Purpose.REMINDER), given, REPORT, fire(4, answered_at=at(1)))
        assert stale(note(Purpose.MISS), given, REPORT, fire(4, answered_at=at(1))) == ""

    def test_what_was_decided_at_the_end_goes_out(self):
        assert stale(note(created_at=at(1)), self.closed()) == ""

    def test_a_correction_goes_out_after_the_end(self):
        assert stale(note(), self.closed(), replace(REPORT, kind=ReportKind.CORRECTION)) == ""
        assert stale(note(), self.closed(), REPORT) != ""

    def test_a_message_without_an_alert_is_always_due_one_whose_alert_is_gone_never(self):
        assert stale(note(alert_id=None), None) == ""
        assert stale(note(), None) != ""


class TestAttempts:
    def test_waits_grow_to_half_an_hour(self):
        n, now, waits = note(), NOON, []
        for _ in range(8):
            n = after_failure(n, Transient("稍后"), now)
            waits.append(n.next_attempt_at - now)
            now = n.next_attempt_at
        assert waits == [timedelta(seconds=s) for s in (30, 60, 120, 300, 600, 1800, 1800, 1800)]
        assert n.state is NotificationState.RETRY

    def test_a_day_of_tries_ends_in_the_dead_letters(self):
        n, now = note(), NOON
        while n.state is not NotificationState.DEAD:
            n = after_failure(n, Transient("稍后"), now)
            now = n.next_attempt_at or now
        assert GIVE_UP_AFTER <= now - NOON < GIVE_UP_AFTER + BACKOFF[-1]
        assert n.next_attempt_at is None

    def test_a_service_that_was_down_itself_for_a_day_gives_nothing_up(self):
        assert after_failure(note(), Transient("稍后"), at(48)).state is NotificationState.RETRY

    def test_a_permanent_failure_is_dead_at_once_and_says_why(self):
        dead = after_failure(note(), Permanent("地址不存在"), NOON)
        assert (dead.state, dead.error, dead.attempts) == (NotificationState.DEAD, "地址不存在", 1)

    def test_success_clears_the_error_and_keeps_the_key(self):
        sent = after_success(after_failure(note(), Transient("稍后"), NOON), at(1))
        assert (sent.state, sent.sent_at, sent.error, sent.attempts) == (NotificationState.SENT, at(1), "", 2)
        assert sent.id == note().id
        assert sent.next_attempt_at is None

    @given(st.lists(st.integers(0, 7200), max_size=80))
    def test_every_failure_has_a_next_time_or_an_end(self, delays):
        n, now = note(), NOON
        for delay in delays:
            if n.state is NotificationState.DEAD:
                break
            n = after_failure(n, Transient("稍后"), now)
            assert (n.next_attempt_at is None) is (n.state is NotificationState.DEAD)
            now = (n.next_attempt_at or now) + timedelta(seconds=delay)

    @pytest.mark.parametrize(("error", "waits"), [(Down, WAITS[Down]), (Busy, WAITS[Busy]), (Transient, BACKOFF)])
    def test_the_class_of_the_error_says_how_long_to_wait(self, error, waits):
        n = note()
        for wait in waits:
            n = after_failure(n, error("稍后"), NOON)
            assert n.next_attempt_at == NOON + wait


EVERYWHERE = Person(
    id="operator_a", name="值班员甲", channels={"wecom": "群", "email": "a@b.example", "sms": "13800001234"}
)


def dead(**more):
    return note(state=NotificationState.DEAD, attempts=1, error="拒收", **more)


def instead(failed, *siblings, person=EVERYWHERE, usable=lambda name, address: True):
    return fallback(failed, person, siblings, usable)


class TestFallback:
    def test_a_refused_message_goes_by_the_persons_next_channel(self):
        found = instead(dead())
        assert (found.channel, found.state, found.attempts, found.error) == ("wecom", NotificationState.PENDING, 0, "")
        assert (found.reason, found.report_id, found.instead_of) == (dead().reason, dead().report_id, dead().id)

    def test_one_after_the_other_and_at_last_on_paper(self):
        tried = [dead()]
        while (found := instead(tried[-1], *tried[:-1])) is not None:
            tried.append(replace(found, state=NotificationState.DEAD))
        assert [n.channel for n in tried] == ["email", "wecom", "sms", "printed"]
        assert len({n.id for n in tried}) == 4

    def test_a_channel_that_leads_nowhere_is_passed_over(self):
        assert instead(dead(), usable=lambda name, address: name != "wecom").channel == "sms"
        assert instead(dead(), usable=lambda name, address: False).channel == "printed"
        assert instead(dead(), person=Person(id="operator_a", name="值班员甲")).channel == "printed"

    @pytest.mark.parametrize("state", [NotificationState.SENT, NotificationState.PENDING, NotificationState.SENDING])
    def test_who_was_told_or_may_still_be_told_elsewhere_is_not_told_again(self, state):
        assert instead(dead(), replace(note(), id="sms", channel="sms", state=state)) is None

    def test_a_few_passing_faults_are_waited_for_many_are_not(self):
        failing = note()
        for _ in range(FALLS_BACK_AFTER):
            assert instead(failing) is None
            failing = after_failure(failing, Down("连接不上"), NOON)
        assert failing.state is NotificationState.RETRY
        assert instead(failing).channel == "wecom"

    def test_it_has_one_key_whoever_finds_that_it_is_needed(self):
        mail = dead()
        sms = replace(dead(), id="s" * 32, channel="sms")
        assert instead(mail, sms).id == instead(sms, mail).id

    def test_its_first_words_say_that_it_was_meant_to_come_another_way(self):
        message = compose(instead(dead()), ALERT, REPORT, EVENT, EVERYWHERE, at(1))
        assert "此消息原定渠道未能送达，改发此处。请立即登录值班台签收。" in message.text

    def test_on_paper_a_person_without_a_phone_gets_a_slip_too(self):
        slip = compose(note(state=NotificationState.PENDING), ALERT, REPORT, EVENT, PERSON, at(1))
        assert slip.address == "a@duty.example"
        printed = replace(note(), channel="printed")
        assert compose(printed, ALERT, REPORT, EVENT, PERSON, at(1)).address == ""
        assert compose(printed, ALERT, REPORT, EVENT, EVERYWHERE, at(1)).address == "13800001234"


class TestBundled:
    def test_several_messages_are_one_mail_under_its_own_key_that_says_all(self):
        parts = [composed(), composed(Purpose.MISS, reason="签收超时")]
        mail = bundled("bundle", parts)
        assert mail.key == "bundle"
        assert mail.subject.startswith("【合并2条】【Ⅲ级·首报·待核实】")
        assert all(part.text.strip() in mail.text and part.subject in mail.text for part in parts)
        assert mail.thread == ALERT.id
        assert mail.attributes["tier"] == "III"

    def test_messages_of_several_alerts_belong_to_no_single_thread(self):
        other = replace(composed(), thread="other", attributes={**composed().attributes, "tier": "IV"})
        assert bundled("b", [other, composed()]).thread == ""
        assert bundled("b", [other, composed()]).attributes["tier"] == "III"

    def test_one_alone_stays_as_it_is(self):
        assert bundled("k", [composed()]) == replace(composed(), key="k")


class TestLink:
    CONSOLE = "http://10.0.0.5:8000"

    def made(self, **more):
        report = REPORT if more.get("alert_id", "a") else None
        one = replace(note(), **more)
        return compose(one, ALERT, report, EVENT, PERSON, at(1), console=self.CONSOLE)

    def test_it_leads_to_the_event_the_report_or_the_board(self):
        assert self.made().link == f"{self.CONSOLE}/events/{EVENT.id}"
        assert self.made(event_id=None, report_id="r").link == f"{self.CONSOLE}/reports/r"
        assert self.made(event_id=None, report_id=None).link == f"{self.CONSOLE}/"
        assert composed().link == ""

    def test_parts_of_a_bundle_share_one_or_name_their_own(self):
        here, there = self.made(), self.made(event_id="f" * 32)
        assert bundled("k", [here, here]).link == here.link
        assert here.link not in bundled("k", [here, here]).text
        both = bundled("k", [here, there])
        assert both.link == ""
        assert both.text.count("在值班台打开：") == 2
        assert there.pointer in both.text
