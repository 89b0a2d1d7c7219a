"""A desk's own templates: used, refused with the way out, and never in the way of a report."""

import email
import email.policy

import pytest

from alerts.reports import first
from services.demo.sink import MailSink
from services.folder.check import problems
from services.folder.templates import PAGE, TEXT, Templates
from services.sending import delivery
from tests.alerts.cases import DISTRICT, alerted, fire, rated
from tests.builders import NOON
from tests.services.desk import a_fire, a_folder, opened, tell

OWN = """{{ heading }}
{% for name, said in fields.items() %}
[{{ name }}] {{ said }}
{% endfor %}
{{ level(report.tier) }}"""


@pytest.fixture
def report():
    return first.build(fire(4), rated(fire(4)), alerted(fire(4)), NOON, district=DISTRICT)


@pytest.fixture
def own(tmp_path):
    """Write a template, and give what reads it."""

    def write(text, name=TEXT):
        folder = tmp_path / "templates"
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return Templates(folder=folder)

    return write


def test_without_templates_of_its_own_the_shipped_ones_are_used(tmp_path, report):
    none = Templates(folder=tmp_path / "templates")
    assert none.worded(report) == report
    assert report.fields["地点"] in none.page(report)
    assert (none.check(), none.problems) == ([], {})


def test_its_own_template_is_used_for_what_people_read(own, report):
    made = own(OWN)
    assert made.worded(report).text.splitlines()[:2] == [report.text.splitlines()[0], f"[事件] {report.fields['事件']}"]
    assert made.worded(report).text.endswith("Ⅲ级")
    assert made.check() == []


def test_a_page_of_its_own_escapes_what_it_is_given(own, report):
    made = own("<h1>{{ heading }}</h1><p>{{ banner }}</p>", PAGE)
    assert made.page(report, "<b>报送</b>") == (f"<h1>{report.text.splitlines()[0]}</h1><p>&lt;b&gt;报送&lt;/b&gt;</p>")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("{{ heading }}\n{{ repot.number }}", 2, "没有“repot”这个字段，是不是想写“report”？"),
        ("{{ heading }}\n\n{{ report.nummer }}", 3, "没有“nummer”这个字段，是不是想写“number”？"),
        ('{{ heading }}{{ fields["伤亡失踪"] }}', 1, "没有“伤亡失踪”这个字段，是不是想写“伤亡失联”？"),
        ("{{ heading }}{{ zzzz }}", 1, "没有“zzzz”这个字段，可用的字段有 事件、"),
        ("{{ heading }}\n{% for x in fields %}", 2, "模板写法有误"),
        ("{{ heading }}\n{{ heading }", 2, "模板写法有误"),
        ("{{ heading }}\n\n{{ report.issued_at + 1 }}", 3, "模板不能这样写"),
        ("{{ heading }}\n{{ fields.pop('事件') }}", 2, "模板不能这样写"),
        ("{{ heading }}\n{{ heading.__class__.__mro__ }}", 2, "模板不能这样写"),
    ],
)
def test_a_template_that_cannot_be_used_is_said_with_file_line_and_way_out(own, report, text, line, said):
    made = own(text)
    (sentence,) = made.check()
    assert f"{TEXT} 第{line}行：{said}" in sentence
    assert sentence[-1] in "。？"
    assert made.worded(report) == report
    assert f"第{line}行：{said}"[:12] in made.problems[TEXT]


def test_the_first_line_cannot_be_left_out(own, report):
    made = own("{{ report.title }}")
    assert "没有写出首行" in made.check()[0]
    assert made.worded(report) == report


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [("first.txt.j2", OWN, "不认识的模板，可用的有"), (TEXT, "首行".encode("gbk"), "不是 UTF-8 编码")],
)
def test_other_files_are_said_too(own, name, text, said):
    assert said in own(text, name).check()[0]


def test_a_mended_template_is_used_at_once(own, report):
    made = own("{{ heading }}{{ zzzz }}")
    assert made.worded(report) == report
    own(OWN)
    assert made.worded(report).text.startswith(f"{report.text.splitlines()[0]}\n[事件]")
    assert made.problems == {}


def test_check_names_it_among_the_other_problems(tmp_path, own):
    folder = a_folder(tmp_path)
    own("{{ heading }}{{ zzzz }}")
    assert [p for p in problems(folder, NOON) if "zzzz" in p]


@pytest.mark.parametrize(("text", "body"), [(OWN, "[事件]"), ("{{ heading }}{{ zzzz }}", "事件：")])
def test_a_mail_has_its_words_or_goes_out_with_the_shipped_ones(tmp_path, own, text, body):
    with MailSink(tmp_path / "mail") as sink, opened(a_folder(tmp_path, mail=sink.port)) as service:
        own(text)
        tell(service, *a_fire("a", "b", "c"))
        while delivery.deliver(service):
            pass
        mail = email.message_from_bytes(sink.mails()[0].read_bytes(), policy=email.policy.default)
    words = mail.get_body(("plain",)).get_content()
    assert words.startswith("【Ⅲ级（较大）】【首报】【未经核实】")
    assert body in words
