"""Of a hotline's or a mailbox's form the words are read that somebody told."""

import pytest

from analyzer.scope.trimmings.forms import filled


def test_a_work_order_is_what_was_told():
    order = "【工单编号】gd20260318451【来电时间】2026-03-18 09:41【来电内容】水管爆了【紧急程度】一般【承办单位】待派"
    assert filled(order) == "水管爆了"


def test_a_letters_fields_keep_their_title_and_their_text():
    letter = "编号：xf1\n信件类型：咨询\n来信时间：2026-03-18 10:22\n标题：问停水\n内容：停水几天了\n办理状态：已受理"
    assert filled(letter).split() == ["问停水", "停水几天了"]


def test_where_it_is_and_who_is_to_answer_stay():
    order = "工单编号：g1\n事发地点：青石街12号\n诉求类型：供水\n承办单位：自来水公司\n诉求内容：没水"
    assert filled(order).split() == ["事发地点：青石街12号", "供水", "自来水公司", "没水"]


@pytest.mark.parametrize(
    "text",
    [
        "地点：青石街\n内容：停水通知",
        "当前状态：停水",
        "来源：化工厂排污口",
        "电话打不通，内容也没人看",
        "停水时间：3月18日8:00",
        "编号3的井盖没了",
        "",
    ],
)
def test_what_is_no_clerks_field_stays(text):
    assert filled(text) == text
