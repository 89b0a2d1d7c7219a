from dataclasses import replace
from datetime import date

import pytest

from alerts.documents import papers
from alerts.documents.attaching import attachment, file_name
from alerts.documents.paper import Form, Heading, Letterhead, Paragraph, Picture, Table
from alerts.model import ReportKind
from alerts.reports import assessment, brief, first, score, week
from tests.alerts.cases import DISTRICT, SAID, alerted, fire, rated
from tests.alerts.reports.test_assessment import NOVEMBER, case, month_of
from tests.alerts.reports.test_daily import brief_of, gas
from tests.alerts.reports.test_weekly import week_of
from tests.builders import NOON, at, figure

HEAD = Letterhead(office="示范区民情值班台")


def first_of(of, **more):
    alert = replace(alerted(of), **more)
    return first.build(of, rated(of), alert, NOON, district=DISTRICT, statements=SAID)


def paper_of(report):
    return papers.of(replace(report, number="某报〔2026〕3号"), HEAD)


def texts(paper, kind):
    return [block.text for block in paper.blocks if isinstance(block, kind)]


def test_each_field_of_a_report_stands_under_a_numbered_heading():
    report = first_of(fire(4))
    paper = paper_of(report)
    assert texts(paper, Heading)[:3] == ["一、事件", "二、时间", "三、地点"]
    assert [text.partition("、")[2] for text in texts(paper, Heading)] == list(report.fields)
    assert (paper.number, paper.title, paper.signed_at) == ("某报〔2026〕3号", report.title, NOON)


@pytest.mark.parametrize(
    ("of", "mark"),
    [
        (fire(4), "【Ⅲ级（较大）】【首报】【未经核实】"),
        (fire(12, 4), "【Ⅱ级（重大）】【首报】【部分未经核实】"),
        (fire(4, 4), "【Ⅲ级（较大）】【首报】【已核实】"),
    ],
)
def test_the_very_first_line_says_how_far_it_is_verified(of, mark):
    assert paper_of(first_of(of)).mark == mark


def test_a_drill_is_marked_before_everything_and_in_the_title():
    paper = paper_of(first_of(fire(4), drill=True))
    assert paper.mark.startswith("【演练】")
    assert paper.title.startswith("（演练）")


def test_claimed_and_verified_figures_stand_beside_each_other_each_with_its_evidence_and_once():
    paper = paper_of(first_of(fire(12, 4, figures={"households": figure(30)})))
    harm, reach = (block for block in paper.blocks if isinstance(block, Table))
    assert [column.title for column in harm.columns] == ["类别", "待核实", "已核实"]
    assert harm.rows == (("死亡", "12人（#c）", "4人（#v）"),)
    assert reach.rows == (("受影响户数", "30户（#c）", "—"),)
    assert not any(text.startswith("死亡：") for text in texts(paper, Paragraph))


def test_the_daily_brief_has_its_tables_and_charts():
    made = brief_of(fire(12), gas(), alerts=[alerted(fire(12))], topic_posts={"hazard.fire": 4})
    paper = paper_of(brief.as_report(made))
    assert paper.mark == "【日报】Ⅱ级1件"
    assert paper.title == "示范区民情日报\n（2026年11月3日）"
    assert [p.words.partition("：")[0] for p in paper.blocks if isinstance(p, Picture)] == [
        "各级事件数",
        "各话题帖文数",
    ]
    assert len([block for block in paper.blocks if isinstance(block, Table)]) == 3


def test_the_weekly_brief_has_its_tables_and_charts():
    paper = paper_of(week.as_report(week_of(fire(12), topic_posts={"hazard.fire": 4})))
    assert paper.title == "示范区民情周报\n（2026年第45周，11月2日至11月8日）"
    charts = [p.words.partition("：")[0] for p in paper.blocks if isinstance(p, Picture)]
    assert charts == ["每日新增事件", "各话题帖文数"]


def test_the_assessment_is_in_tables():
    paper = paper_of(score.as_report(month_of(case())))
    first_cells = [block.rows[0][0] for block in paper.blocks if isinstance(block, Table)]
    assert first_cells[:2] == ["发现", "签收"]
    assert "不考核数量和采用情况" in " ".join(texts(paper, Paragraph))


@pytest.mark.parametrize(
    ("make", "title"),
    [
        (lambda n: brief.as_report(brief_of(), revision=n), "示范区民情日报\n（2026年11月3日{}）"),
        (lambda n: week.as_report(week_of(), revision=n), "示范区民情周报\n（2026年第45周，11月2日至11月8日{}）"),
        (lambda n: score.as_report(month_of(), revision=n), "示范区2026年11月报送考核\n（{}）"),
    ],
)
def test_a_draft_and_a_later_revision_say_so_in_the_title(make, title):
    for revision, said in ((0, "阶段稿，尚未签发"), (2, "第2版")):
        comma = "" if "\n（{}" in title else "，"
        assert paper_of(make(revision)).title == title.format(comma + said)


def test_no_text_of_a_private_person_gets_into_any_paper():
    """Papers are made of fields and structures alone; these hold counts for the public, never words."""
    report = first_of(fire(4))
    words = " ".join(texts(paper_of(report), Paragraph))
    assert "永固仓库起火，消防到场" in words
    assert report.kind is ReportKind.FIRST
    assert "00000001" in words


def test_files_are_named_by_number_and_title_without_what_a_system_forbids():
    name = file_name("首报〔2026〕3号", '关于"A/B:C*?"<火灾>|的\n首报', "docx")
    assert name == "首报〔2026〕3号 关于_A_B_C____火灾__的首报.docx"
    assert len(file_name("首报〔2026〕3号", "长" * 300, "pdf")) < 90


def test_a_paper_becomes_a_file():
    made = attachment(paper_of(first_of(fire(4))), Form.DOCX)
    assert made.name == "某报〔2026〕3号 关于示范区永固仓库火灾的首报.docx"
    assert made.content.startswith(b"PK")


def test_a_long_month_is_still_a_paper():
    pairs = [case(f"A{n}", opened=n / 10, missed={"acknowledge": n / 10 + 1}) for n in range(1, 60)]
    made = assessment.build(
        assessment.MonthMaterial(
            first=NOVEMBER,
            district=DISTRICT,
            now=at(24 * 30),
            events=[of for of, _ in pairs],
            alerts=[alert for _, alert in pairs],
        )
    )
    assert len(made.late) >= 59
    assert paper_of(score.as_report(made)).signed_at.date() == date(2026, 12, 3)
