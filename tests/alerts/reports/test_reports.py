from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts import ending, lifecycle
from alerts.errors import NotAllowed
from alerts.lifecycle import Action
from alerts.model import DeadlineKind, LogEntry, ReportKind
from alerts.reports import correction, final, first, follow_up
from alerts.reports.dossier import Statement
from alerts.reports.rendering import render_html
from alerts.reports.wording import PENDING
from analyzer.model import EventStatus, FactKind, Figure, Qualifier, Tier
from crawlers.model import Authority
from tests.alerts.cases import DISTRICT, PLAN, SAID, alerted, fire, rated
from tests.alerts.cases import said as told
from tests.builders import NOON, at, event, figure, place


def first_of(of, now=NOON, **extras):
    return first.build(of, rated(of, now), alerted(of, now=now), now, district=DISTRICT, **extras)


def next_of(build, of, earlier, now, alert=None, **extras):
    return build(of, rated(of, now), alert or alerted(of), earlier, now, district=DISTRICT, **extras)


def heading(report):
    return report.text.splitlines()[0]


ORDER = [
    "事件",
    "时间",
    "地点",
    "性质",
    "事发单位",
    "简要经过",
    "伤亡失联",
    "影响范围",
    "原因",
    "趋势",
    "到场领导",
    "已采取措施",
    "定级依据",
    "上调条件",
    "信息来源",
    "请示事项与时限",
]


class TestFirst:
    def test_the_first_line_says_tier_and_that_nothing_is_verified(self):
        report = first_of(fire(4))
        assert heading(report) == "【Ⅲ级（较大）】【首报】【未经核实】"
        assert not report.verified
        assert report.tier is Tier.III

    def test_a_partly_verified_one_still_says_so_in_its_first_line(self):
        report = first_of(fire(4, by_authority={"official": 1, "public": 3}))
        assert rated(fire(4, by_authority={"official": 1})).verified is Tier.IV
        assert "【部分未经核实】" in heading(report)
        assert not report.verified

    def test_a_verified_one_says_which_figures_are_not(self):
        assert "【级别已核实，部分数字待核实】" in heading(first_of(fire(6, 4)))
        assert "【已核实】" in heading(first_of(fire(4, 4)))
        assert first_of(fire(4, 4)).verified

    def test_every_field_stands_in_its_order(self):
        assert list(first_of(fire(4)).fields) == ORDER

    def test_claimed_and_verified_stand_side_by_side_with_their_evidence(self):
        assert first_of(fire(6, 4)).fields["伤亡失联"] == "死亡：待核实6人（#c）｜已核实4人（#v）"
        assert first_of(fire(4)).fields["伤亡失联"] == "死亡：待核实4人（#c）｜尚无核实数字"

    def test_a_vague_figure_stays_vague_and_a_zero_is_none(self):
        vague = first_of(fire(figures={"injured": Figure(claimed=20, qualifier=Qualifier.ABOUT)}))
        assert "待核实约20人" in vague.fields["伤亡失联"]
        assert "死亡：已核实无" in first_of(fire(0, 0)).fields["伤亡失联"]

    def test_the_grounds_give_figure_threshold_law_and_evidence(self):
        grounds = first_of(fire(4)).fields["定级依据"]
        for part in ("死亡4人", "死亡≥3人", "公消〔2007〕234号", "（#c）", "待核实"):
            assert part in grounds

    def test_the_grounds_of_mere_occurrence_say_what_has_happened(self):
        grounds = first_of(fire(figures={})).fields["定级依据"]
        assert grounds.startswith("Ⅳ级（待核实）：发生火灾，按预案发生即定级；依据")

    def test_what_would_raise_it_is_said(self):
        assert "升至Ⅱ级：死亡≥10人" in first_of(fire(4)).fields["上调条件"]
        assert first_of(fire(31)).fields["上调条件"] == "已是最高级别"

    def test_clocks_are_told_in_beijing_time(self):
        assert "签收：11月3日12时15分前" in first_of(fire(4)).fields["请示事项与时限"]
        assert "2026年11月3日12时00分签发" not in first_of(fire(4)).text
        assert "签发：2026年11月3日12时00分" in first_of(fire(4)).text

    def test_no_follow_up_is_promised_where_nothing_changes(self):
        (said,) = [line for line in first_of(fire(4)).fields["请示事项与时限"].splitlines() if "续报" in line]
        assert said == "续报：有变化则报，最迟11月3日16时00分"

    def test_the_answer_cites_the_post_that_gave_it_and_not_the_last_one_of_an_office(self):
        later = told(4, Authority.OFFICIAL, "后续情况", after=120)
        done = first_of(fire(4, answered_at=at(1)), at(3), statements=[*SAID, later]).fields["已采取措施"]
        assert done == "11月3日13时00分责任单位已公开回应（#00000003）"

    def test_sources_are_counts_alone(self):
        of = fire(4, by_authority={"official": 1, "media": 2, "public": 9}, voices=7)
        assert first_of(of).fields["信息来源"] == "官方1条，媒体2条，公众7人（9条）"

    def test_official_and_media_headlines_are_quoted_the_public_is_counted(self):
        course = first_of(fire(4), statements=SAID).fields["简要经过"]
        assert "媒体：永固仓库起火，消防到场（#00000002）" in course
        assert "官方：示范区通报永固仓库火情（#00000003）" in course
        with pytest.raises(ValueError, match="never quoted"):
            Statement(post_id="x", authority=Authority.PUBLIC, told_at=NOON, headline="我看见了")

    def test_the_place_is_told_from_wide_to_narrow_without_repeats(self):
        assert first_of(fire(4)).fields["地点"] == "示范市示范区永固仓库"
        assert "待核实" in first_of(replace(fire(4), places=())).fields["地点"]
        assert first_of(replace(fire(4), named="永固仓库")).fields["地点"] == "示范市示范区永固仓库"

    def test_the_place_has_the_name_of_the_title_though_no_list_knows_where_it_is(self):
        called = "湖畔人家（帖文所称，具体位置待核实）"
        assert first_of(replace(fire(4), places=(), named="湖畔人家")).fields["地点"] == called
        district = place("示范区", "county", ("示范市", "示范区"))
        beside = first_of(replace(fire(4), places=(district,), named="湖畔人家")).fields["地点"]
        assert beside == f"{called}；另提及示范市示范区"
        inside = first_of(replace(fire(4), places=(district,), named="示范区")).fields["地点"]
        assert inside == "示范市示范区"

    def test_a_drill_says_so_everywhere(self):
        of = fire(4)
        report = first.build(of, rated(of), replace(alerted(of), drill=True), NOON, district=DISTRICT)
        assert heading(report).startswith("【演练】")
        assert report.title.startswith("（演练）")
        assert "【演练】" in render_html(report)
        assert report.drill

    def test_what_too_few_say_is_not_reported_until_somebody_has_verified_it(self):
        of = fire(4, voices=2, by_authority={"public": 2})
        with pytest.raises(NotAllowed, match="不足三人"):
            first.build(of, rated(of), alerted(of), NOON, district=DISTRICT)
        assert first.build(of, rated(of), replace(alerted(of), verified=True), NOON, district=DISTRICT)

    def test_equal_inputs_give_the_equal_report_and_each_episode_its_own(self):
        assert first_of(fire(4)) == first_of(fire(4))
        again = first_of(replace(fire(4), episode=2))
        assert again.id != first_of(fire(4)).id
        assert again.sequence == 2

    @given(rumoured=st.integers(100, 10**6))
    def test_what_a_single_voice_claims_never_goes_up(self, rumoured):
        of = fire(figures={"deaths": Figure(claimed=4, evidence=("c",), unsupported=rumoured)})
        assert str(rumoured) in rated(of).verify or rumoured >= 10**4
        report = first_of(of)
        assert rated(of).verify not in report.text
        assert f"{rumoured}人" not in report.text

    @given(share=st.floats(0, 1), heat=st.integers(0, 50))
    def test_tone_is_in_no_report(self, share, heat):
        of = replace(fire(4), heat=heat)
        assert first_of(replace(of, negative_share=share)).text == first_of(of).text


def verified(note, after=0.5):
    return LogEntry(at=at(after), actor="a", action=Action.VERIFY, note=note)


def entry(action, note, when, by="operator_a"):
    return LogEntry(at=when, actor=by, action=action, note=note)


class TestWhatPeopleNote:
    def test_that_a_second_person_is_waited_for_is_no_part_of_a_note(self):
        waits = entry("close", f"办结：明火已扑灭。到场领导：副区长{PENDING}", at(1))
        assert first_of(fire(4), history=[waits]).fields["到场领导"].startswith("副区长（11月3日")

    def test_unit_cause_and_leaders_are_unknown_until_somebody_notes_them(self):
        fields = first_of(replace(fire(4), places=())).fields
        assert {fields[name] for name in ("事发单位", "原因", "到场领导")} == {"暂无，待核实"}

    def test_what_a_person_notes_stands_in_its_field_with_who_and_when(self):
        notes = [verified("核实：原因：电线短路；到场领导：李副区长"), verified("核实：原因：违规动火。已控制", 1)]
        report = next_of(follow_up.build, fire(4), [first_of(fire(4))], at(2), history=notes, names={"a": "值班员甲"})
        assert report.fields["原因"] == "违规动火（11月3日13时00分值班员甲登记）"
        assert report.fields["到场领导"] == "李副区长（11月3日12时30分值班员甲登记）"

    @pytest.mark.parametrize("note", ["降级：降级原因：已控制", "核实：原因：", "核实：不明原因"])
    def test_other_words_are_no_cause(self, note):
        report = next_of(final.build, fire(4), [first_of(fire(4))], at(2), history=[verified(note)])
        assert report.fields["原因"] == "暂无，待核实"

    def test_what_the_system_writes_is_nobodys_note(self):
        line = LogEntry(at=at(1), actor="system", action="raise", note="原因：无")
        report = next_of(final.build, fire(4), [first_of(fire(4))], at(2), history=[line])
        assert report.fields["原因"] == "暂无，待核实"

    def test_a_school_or_plant_is_the_unit(self):
        assert first_of(fire(4), statements=SAID).fields["事发单位"].startswith("永固仓库（#")


class TestFollowUp:
    def test_only_changes_are_told_with_before_and_after(self):
        one = first_of(fire(4))
        two = next_of(follow_up.build, fire(6, figures={"injured": figure(9)}), [one], at(2))
        assert two.fields["数字变化"] == "死亡：待核实由4人增至6人（#c）\n受伤：待核实新增9人（#c）"
        assert {"地点", "性质", "简要经过", "影响范围"}.isdisjoint(two.fields)

    def test_a_first_verified_figure_says_what_was_claimed(self):
        report = next_of(follow_up.build, fire(6, 6), [first_of(fire(4))], at(2))
        assert report.fields["数字变化"] == "死亡：原报待核实4人，现已核实6人（#v）"

    def test_they_are_numbered_in_chinese(self):
        reports = [first_of(fire(4))]
        for n in range(12):
            reports.append(next_of(follow_up.build, fire(5 + n), reports, at(n + 1), alerted(fire(4))))
        assert [r.title[-3:] for r in reports[1:4]] == ["续报一", "续报二", "续报三"]
        assert reports[-1].title.endswith("续报十二")
        assert len({r.id for r in reports}) == len(reports)

    def test_a_raise_is_told(self):
        report = next_of(follow_up.build, fire(12), [first_of(fire(4))], at(1))
        assert report.fields["级别变化"] == "由Ⅲ级升为Ⅱ级"
        assert "Ⅱ级（重大）" in heading(report)
        assert "死亡≥10人" in report.fields["定级依据"]

    def test_a_raise_tells_those_who_never_had_the_first_report_where_and_how_many(self):
        more = {"evacuated": figure(180)}
        report = next_of(follow_up.build, fire(12, figures=more), [first_of(fire(4, figures=more))], at(1))
        first_report = first_of(fire(12, figures=more))
        for name in ("时间", "地点", "伤亡失联", "影响范围"):
            assert report.fields[name] == first_report.fields[name]

    def test_other_evidence_alone_is_no_news(self):
        one = first_of(fire(4), statements=SAID)
        two = next_of(follow_up.build, fire(4), [one], at(1))
        assert {"地点", "定级依据", "上调条件"}.isdisjoint(two.fields)
        assert two.fields["数字变化"] == "自上次报告以来数字无变化"

    def test_an_ending_is_told(self):
        over = replace(fire(4), status=EventStatus.RESOLVED)
        assert (
            next_of(follow_up.build, over, [first_of(fire(4))], at(1)).fields["事态变化"]
            == "由“进行中”转为“已平息或恢复”"
        )

    def test_the_last_report_is_named_by_its_number(self):
        one = replace(first_of(fire(4)), number="首报〔2026〕3号")
        assert "首报〔2026〕3号" in next_of(follow_up.build, fire(5), [one], at(1)).fields["上次报告"]

    def test_what_people_did_is_told_with_their_names(self):
        done = LogEntry(at=at(0.2), actor="operator_a", action="acknowledge", note="签收")
        of = fire(5)
        report = next_of(
            follow_up.build, of, [first_of(fire(4))], at(1), history=[done], names={"operator_a": "值班员甲"}
        )
        assert report.fields["已采取措施"] == "11月3日12时12分签收（值班员甲）"

    def test_a_clock_that_has_run_out_is_told_as_run_out(self):
        report = next_of(follow_up.build, fire(5), [first_of(fire(4))], at(1))
        clocks = report.fields["请示事项与时限"].splitlines()
        assert "签收：已超时（应于11月3日12时15分前）" in clocks
        assert "签收：11月3日12时15分前" not in clocks

    @given(
        before=st.dictionaries(st.sampled_from(FactKind), st.integers(0, 10**5), max_size=4),
        after=st.dictionaries(st.sampled_from(FactKind), st.integers(0, 10**5), max_size=4),
    )
    def test_every_changed_figure_is_told_and_no_other(self, before, after):
        one = first_of(fire(figures={k: figure(v) for k, v in before.items()}))
        two = next_of(follow_up.build, fire(figures={k: figure(v) for k, v in after.items()}), [one], at(1))
        changed = {k for k in {*before, *after} if before.get(k) != after.get(k)}
        told = {line.split("：")[0] for line in two.fields["数字变化"].splitlines() if "：" in line}
        assert told == {k.chinese for k in changed}


class TestCorrection:
    def test_a_fallen_figure_stands_beside_the_reported_one(self):
        report = next_of(correction.build, fire(6, 5), [first_of(fire(6, 6))], at(1))
        assert report.fields["更正事项"] == "死亡：原报已核实6人，现更正为已核实5人（#v）"
        assert report.kind is ReportKind.CORRECTION
        assert report.title.endswith("更正一")

    def test_a_claim_that_was_too_great_is_corrected_by_the_verified_figure(self):
        report = next_of(correction.build, fire(40, 12), [first_of(fire(40))], at(1), alerted(fire(40)))
        assert "原报待核实40人，现更正为已核实12人" in report.fields["更正事项"]

    def test_a_refuted_event_says_so_first_and_is_not_lowered_by_itself(self):
        one = first_of(fire(4))
        denied = replace(fire(4), status=EventStatus.REFUTED, by_authority={"official": 1, "public": 3})
        report = next_of(correction.build, denied, [one], at(1), alerted(fire(4)), statements=SAID)
        assert "官方已辟谣" in heading(report)
        assert report.fields["更正事项"].startswith("原报情况经官方核实不属实（#00000003）")
        assert "降级须经人工批准" in report.fields["定级依据"]
        assert "按现有情况不定级" in heading(report)

    def test_people_who_were_freed_are_no_error(self):
        before, after = (fire(figures={"trapped": figure(n, n)}) for n in (6, 2))
        report = next_of(correction.build, after, [first_of(before)], at(1))
        assert "更正事项" not in report.fields
        assert report.fields["其他变化"] == "被困：已核实由6人降至2人（#v）"

    def test_it_names_the_reports_it_overrides(self):
        one = replace(first_of(fire(6, 6)), number="首报〔2026〕1号")
        two = next_of(follow_up.build, fire(7, 7), [one], at(1))
        assert next_of(correction.build, fire(7, 5), [one, two], at(2)).fields["原报告"] == "首报〔2026〕1号、续报一"


class TestFinal:
    def closed(self, of, reason="明火已扑灭，善后移交"):
        alert = lifecycle.acknowledged(alerted(of), "operator_a", PLAN.response, at(0.1))
        return ending.settled(alert, Action.CLOSE, "operator_a", reason, of, PLAN.response, at(9))

    def test_it_tells_course_outcome_and_aftermath(self):
        of = fire(5, 5, answered_at=at(3))
        one = first_of(fire(4))
        report = next_of(final.build, of, [one], at(9), self.closed(of), statements=SAID)
        assert "签发首报（Ⅲ级）" in report.fields["全过程"]
        assert report.fields["处置结果"] == "11月3日21时00分已办结：明火已扑灭，善后移交"
        assert "公开回应：11月3日15时00分" in report.fields["善后与后续"]

    def test_the_course_and_the_measures_stand_in_the_order_of_time(self):
        of = fire(5, 5, answered_at=at(1))
        acts = [entry("acknowledge", "签收", at(0.5)), entry("close", "办结：明火已扑灭", at(9), by="leader_a")]
        one = replace(first_of(fire(4), at(0.5)), number="首报〔2026〕1号")
        report = next_of(final.build, of, [one], at(9), self.closed(of), statements=SAID, history=acts)
        course = report.fields["全过程"].splitlines()
        assert ["永固仓库起火" in course[1], "签发首报" in course[2], "通报永固仓库火情" in course[3]] == [True] * 3
        measures = report.fields["已采取措施"].splitlines()
        assert ["签收" in measures[0], "已公开回应" in measures[1], "办结" in measures[2]] == [True] * 3

    def test_nothing_is_handled_or_waits_for_approval_any_more(self):
        grounds = next_of(final.build, fire(1), [first_of(fire(4))], at(9), self.closed(fire(4))).fields["定级依据"]
        assert "按现有情况为Ⅳ级，此前按Ⅲ级处置" in grounds
        assert "须经人工批准" not in grounds

    @pytest.mark.parametrize(("days", "over"), [(5, False), (9, True)])
    def test_a_window_that_is_over_is_told_as_over(self, days, over):
        of = fire(5, 5)
        report = next_of(final.build, of, [], at(24 * days), self.closed(of))
        assert ("期限已过" in report.fields["善后与后续"]) is over

    def test_a_correction_with_a_graver_tier_tells_those_who_never_had_the_first_report_what_it_is_about(self):
        before = fire(figures={"injured": figure(60), "deaths": figure(1)})
        after = fire(4, 4, figures={"injured": figure(60, 40)})
        milder = alerted(before, Tier.IV)
        report = next_of(
            correction.build,
            after,
            [replace(first_of(before), tier=milder.tier)],
            at(1),
            replace(milder, tier=Tier.III),
        )
        assert report.fields["级别变化"] == "由Ⅳ级升为Ⅲ级"
        assert "永固仓库" in report.fields["地点"]
        assert "4人" in report.fields["伤亡失联"]
        same = next_of(correction.build, fire(3, 2), [first_of(fire(3))], at(1), alerted(fire(3)))
        assert {"级别变化", "地点"}.isdisjoint(same.fields)

    def test_a_correction_all_of_whose_figures_are_verified_says_so_though_the_tier_is_still_the_graver_one(self):
        graver = alerted(fire(4, 4))
        report = next_of(correction.build, fire(2, 2), [first_of(fire(4, 4))], at(1), graver)
        assert rated(fire(2, 2)).tier < graver.tier
        assert heading(report).endswith("按现有情况达到Ⅳ级】【更正一】【已核实】")
        assert report.verified

        doubtful = next_of(correction.build, fire(3, 2), [first_of(fire(4, 4))], at(1), graver)
        assert "【部分未经核实】" in heading(doubtful)
        assert not doubtful.verified

    @pytest.mark.parametrize(("topic", "until"), [("hazard.fire", "11月10日"), ("hazard.work_accident", "12月3日")])
    def test_the_correction_window_follows_the_law(self, topic, until):
        of = replace(fire(5, 5), topic=topic, topics=(topic,))
        report = next_of(final.build, of, [], at(9), self.closed(of))
        assert f"续报至{until}" in report.fields["善后与后续"]

    def test_a_service_failure_has_no_correction_window(self):
        of = event("service.gas", figures={"households": figure(12000, 12000)})
        report = next_of(final.build, of, [], at(9), self.closed(of))
        assert "续报至" not in report.fields["善后与后续"]

    def test_kept_and_missed_clocks_are_told_honestly(self):
        of = fire(5, 5)
        alert = self.closed(of)
        late = tuple(
            replace(d, missed_at=d.due_at, met_at=at(60)) if d.kind is DeadlineKind.ANSWER else d
            for d in alert.deadlines
        )
        kept = next_of(final.build, of, [], at(61), replace(alert, deadlines=late)).fields["时限履行"]
        assert "签收：按时（11月3日12时06分）" in kept
        assert "回应公众：超时（应于11月5日12时00分前，实际11月6日0时00分）" in kept


class TestPage:
    def test_everything_in_the_text_is_in_the_page(self):
        report = first_of(fire(4), statements=SAID)
        page = render_html(report, "请立即签收")
        for said in report.fields.values():
            for line in said.splitlines():
                assert line in page
        assert "请立即签收" in page
        assert "【未经核实】" in page

    def test_the_tier_is_told_by_shape_and_word_and_not_by_colour_alone(self):
        page = render_html(first_of(fire(4)))
        assert "◆◆</span> Ⅲ级·黄色" in page

    def test_markup_in_a_title_is_text(self):
        of = replace(fire(4), title="<script>alert(1)</script>火灾")
        assert "<script>" not in render_html(first_of(of), "<b>急</b>")
        assert "<b>" not in render_html(first_of(of), "<b>急</b>")

    def test_nothing_comes_from_outside(self):
        page = render_html(first_of(fire(4)))
        assert "http" not in page
        assert "src=" not in page
