from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.people import QuietHours
from alerts.roster import Roster
from alerts.roster_ical import from_ical
from alerts.roster_import import LineProblem, day, decoded, from_csv, hour

KNOWN = {
    "people": {"a": "甲", "b": "乙", "zhang": "张卫"},
    "roles": {"duty": "值班员", "leader": "带班领导"},
}
NOV = {"first": date(2026, 11, 1), "last": date(2026, 11, 30)}


def csv_of(text, file="排班.csv"):
    return from_csv(text, **KNOWN, file=file)


class TestPeople:
    def test_each_line_is_a_person_with_channels_and_quiet_hours(self):
        made = csv_of("编号,姓名,邮箱,手机,免打扰起,免打扰止\np1,丙,c@b.example,138 0000 1234,22:00,7:00\np2,丁,,,,\n")
        assert made.problems == ()
        first, second = (entry.person() for entry in made.people)
        assert (first.id, first.name) == ("p1", "丙")
        assert first.channels == {"email": "c@b.example", "sms": "138 0000 1234"}
        assert first.quiet == QuietHours(start=time(22), end=time(7))
        assert second.channels == {}

    def test_lines_that_cannot_be_used_are_told_and_the_others_taken(self):
        made = csv_of("编号,姓名,免打扰起,免打扰止\np1,丙,,\n丙,丙,,\np2,,,\np1,丁,,\np3,戊,22:00,\np4,己,25:00,7:00\n")
        assert [entry.id for entry in made.people] == ["p1"]
        for line, why in ((3, "编号"), (4, "姓名"), (5, "“p1”重复"), (6, "都写"), (7, "没有“25:00”")):
            assert any(s.startswith(f"排班.csv 第{line}行：") and why in s for s in made.problems)


class TestShifts:
    def test_equal_duties_become_one_pattern_with_many_dates(self):
        made = csv_of(
            "日期,岗位,人员,开始,结束\n"
            "2026-11-03,值班员,甲,08:00,20:00\n2026/11/5,duty,a,8:00,20：00\n2026年11月4日,值班员,甲、乙,20:00,08:00\n"
        )
        assert made.problems == ()
        alone, both = made.shifts
        assert (alone.role, alone.people, alone.dates) == ("duty", ("a",), (date(2026, 11, 3), date(2026, 11, 5)))
        assert (both.people, both.start, both.end) == (("a", "b"), time(20), time(8))

    def test_a_table_may_have_one_column_a_role(self):
        made = csv_of(
            "日期,开始,结束,值班员,带班领导\n2026-11-03,08:00,08:00,甲 乙,张卫\n2026-11-04,08:00,08:00,,张卫\n"
        )
        assert made.problems == ()
        assert {(s.role, s.people, len(s.dates)) for s in made.shifts} == {
            ("duty", ("a", "b"), 1),
            ("leader", ("zhang",), 2),
        }

    def test_what_is_wrong_is_told_with_its_line_and_the_rest_goes_on(self):
        made = csv_of(
            "日期,岗位,人员,开始,结束\n"
            "2026-11-31,值班员,甲,08:00,20:00\n"
            "2026-11-03,值班员,张伟,08:00,20:00\n"
            "2026-11-03,值守,甲,08:00,20:00\n"
            "\n"
            "2026-11-03,值班员,,08:00,20:00\n"
            "2026-11-03,值班员,甲,八点,20:00\n"
            "2026-11-03,值班员\n"
            "2026-11-03,值班员,甲,08:00,20:00\n"
        )
        assert [s.dates for s in made.shifts] == [(date(2026, 11, 3),)]
        wanted = {
            2: "没有“2026-11-31”这样的日期",
            3: "没有名为“张伟”的人员，是不是“张卫”？",
            4: "“值守”的岗位",
            6: "没有写人员",
            7: "没有“八点”这样的时间",
            8: "没有“”这样的时间",
        }
        assert len(made.problems) == len(wanted)
        for line, why in wanted.items():
            assert any(s.startswith(f"排班.csv 第{line}行：") and why in s for s in made.problems), made.problems

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("", "文件是空的"),
            ("日期,岗位,人员\n", "第1行：表头缺少开始、结束"),
            ("日期,开始,结束,岗位,人员,备注\n", "“备注”"),
            ("姓名\n甲\n", "表头"),
        ],
    )
    def test_a_heading_that_cannot_be_used_is_told(self, text, says):
        made = csv_of(text)
        assert says in made.problems[0]
        assert made.shifts == made.people == ()

    def test_tabs_and_semicolons_part_columns_too(self):
        for mark in "\t;":
            text = "日期,岗位,人员,开始,结束\n2026-11-03,值班员,甲,08:00,20:00\n".replace(",", mark)
            assert len(csv_of("\ufeff" + text).shifts) == 1

    def test_what_was_read_is_a_roster(self):
        made = csv_of("日期,岗位,人员,开始,结束\n2026-11-03,值班员,甲,08:00,20:00\n")
        people = [{"id": "a", "name": "甲", "channels": {"email": "a@b.example"}}]
        of = Roster(people=people, roles=[{"id": "duty", "name": "值班员"}], shifts=made.shifts)
        (shift,) = of.shifts_between("duty", **NOV)
        assert shift.end - shift.start == timedelta(hours=12)

    @given(st.text(max_size=200))
    def test_no_text_breaks_it(self, text):
        csv_of(text)
        csv_of("日期,岗位,人员,开始,结束\n" + text)


def test_a_spreadsheets_encodings_are_read():
    assert (
        decoded("值班".encode()) == decoded("值班".encode("utf-8-sig")) == decoded("值班".encode("gb18030")) == "值班"
    )
    with pytest.raises(LineProblem, match="另存为"):
        decoded(b"\xff\xfe\x00\x80\xff")


@pytest.mark.parametrize(
    "written", ["2026-11-03", "2026/11/3", "2026.11.3", "２０２６年１１月３日", "2026-11-03（周二）"]
)
def test_dates_as_people_write_them(written):
    assert day(written) == date(2026, 11, 3)


def test_midnight_at_a_days_end_is_the_next_days_beginning():
    assert hour("24:00") == time.min
    with pytest.raises(LineProblem):
        hour("24:30")


def calendar(*entries):
    body = "".join(f"BEGIN:VEVENT\n{entry}\nEND:VEVENT\n" for entry in entries)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//\n{body}END:VCALENDAR\n".replace("\n", "\r\n")


def ical_of(*entries, **window):
    return from_ical(calendar(*entries), **KNOWN, file="值班.ics", **{**NOV, **window})


DUTY = "SUMMARY:值班员：甲、乙\nDTSTART:20261103T080000\nDTEND:20261103T200000"


class TestIcal:
    def test_an_entry_is_a_duty(self):
        (shift,) = ical_of(DUTY).shifts
        assert (shift.role, shift.people, shift.dates) == ("duty", ("a", "b"), (date(2026, 11, 3),))
        assert (shift.start, shift.end) == (time(8), time(20))

    @pytest.mark.parametrize("title", ["值班员:甲 乙", "值班员 甲/乙", "duty - 甲、乙", "值班员甲，乙"])
    def test_a_title_may_be_written_in_several_ways(self, title):
        (shift,) = ical_of(DUTY.replace("值班员：甲、乙", title)).shifts
        assert (shift.role, shift.people) == ("duty", ("a", "b"))

    def test_times_of_other_zones_become_beijings(self):
        (shift,) = ical_of("SUMMARY:值班员 甲\nDTSTART:20261103T120000Z\nDURATION:PT12H").shifts
        assert (shift.dates, shift.start, shift.end) == ((date(2026, 11, 3),), time(20), time(8))

    def test_whole_days_and_long_duties_are_cut_into_days(self):
        (whole,) = ical_of("SUMMARY:值班员 甲\nDTSTART;VALUE=DATE:20261103\nDTEND;VALUE=DATE:20261106").shifts
        assert (len(whole.dates), whole.start, whole.end) == (3, time(0), time(0))
        made = ical_of("SUMMARY:值班员 甲\nDTSTART:20261103T080000\nDTEND:20261105T200000").shifts
        assert sum(len(s.dates) for s in made) == 3

    @pytest.mark.parametrize(
        ("rule", "days"),
        [
            ("FREQ=DAILY;COUNT=3", [3, 4, 5]),
            ("FREQ=DAILY;INTERVAL=10", [3, 13, 23]),
            ("FREQ=WEEKLY;UNTIL=20261118", [3, 10, 17]),
            ("FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20261110T080000", [3, 5, 10]),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU", [3, 16, 17, 30]),
            ("FREQ=DAILY;INTERVAL=100000000", [3]),
        ],
    )
    def test_series_by_day_and_week_are_expanded(self, rule, days):
        (shift,) = ical_of(f"{DUTY}\nRRULE:{rule}").shifts
        assert [d.day for d in shift.dates] == days

    def test_a_series_that_began_long_ago_reaches_into_the_window(self):
        old = DUTY.replace("20261103", "20200101")
        (shift,) = ical_of(f"{old}\nRRULE:FREQ=DAILY", first=date(2026, 11, 1), last=date(2026, 11, 2)).shifts
        assert [d.day for d in shift.dates] == [1, 2]

    def test_exceptions_moved_and_cancelled_duties_are_honoured(self):
        made = ical_of(
            f"UID:s\n{DUTY}\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE:20261104T080000",
            "UID:s\nRECURRENCE-ID:20261105T080000\nSUMMARY:值班员 张卫\nDTSTART:20261105T080000\nDTEND:20261105T200000",
            f"{DUTY.replace('03T', '09T')}\nSTATUS:CANCELLED",
        )
        assert made.problems == ()
        assert {s.people: [d.day for d in s.dates] for s in made.shifts} == {("a", "b"): [3, 6], ("zhang",): [5]}

    def test_what_is_wrong_is_told_with_its_line_and_the_rest_goes_on(self):
        made = ical_of(
            DUTY,
            DUTY.replace("乙", "张伟"),
            DUTY.replace("值班员：", ""),
            DUTY.replace("DTSTART:20261103T080000", "DTSTART:2026110XT080000"),
            DUTY.replace("20261103T200000", "20261103T070000"),
            f"{DUTY}\nRRULE:FREQ=MONTHLY;BYMONTHDAY=1",
            "SUMMARY:值班员 甲",
        )
        assert len(made.shifts) == 1
        wanted = {9: "是不是“张卫”", 14: "岗位：人员", 19: "DTSTART", 24: "不晚于", 29: "BYMONTHDAY", 35: "DTSTART"}
        assert len(made.problems) == len(wanted)
        for line, why in wanted.items():
            assert any(s.startswith(f"值班.ics 第{line}行：") and why in s for s in made.problems), made.problems

    @pytest.mark.parametrize("text", ["", "hello", "BEGIN:VCALENDAR", "BEGIN:VEVENT\nEND:VEVENT"])
    def test_what_is_no_calendar_is_told(self, text):
        made = from_ical(text, **KNOWN, file="值班.ics", **NOV)
        assert made.shifts == ()
        assert len(made.problems) == 1
