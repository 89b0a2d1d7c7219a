"""`minqing once`, again and again over a small place of its own, as cron would call it."""

import json
import socket
from dataclasses import dataclass

import pytest

from services.demo.sink import MailSink
from services.supervision import alone
from tests.acceptance.commands import Done, minqing
from tests.acceptance.mails import addresses, mails, words
from tests.acceptance.traces import everything, places_of
from tests.acceptance.village import CHATTER, PLANTED, SOURCES, Village, a_desk, go_on, moment, open_the_story
from tests.crawlers.site import Reply, Site

pytestmark = pytest.mark.slow


def once(folder, at, **variables):
    return minqing("once", folder, "--now", at.isoformat(), **variables)


@dataclass
class Round:
    """What one run left: how it ended, the events, and the mails so far."""

    done: Done
    events: list
    told: list


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Four runs: three voices; again; nobody has acknowledged; the district confirms."""
    folder, rounds = tmp_path_factory.mktemp("village"), []
    with Site() as site, MailSink(folder / "mail") as sink:
        village = Village(site)
        open_the_story(village)
        desk = a_desk(folder / "desk", site, sink.port)
        for at in (moment(10), moment(10, 5), moment(10, 40), moment(11, 30)):
            if at == moment(11, 30):
                go_on(village)
            done = once(desk, at)
            lines = (desk / "data" / "events.jsonl").read_text(encoding="utf-8").splitlines()
            rounds.append(Round(done, [json.loads(line) for line in lines], mails(sink)))
        yield folder, rounds, site


def test_every_run_ends_well_and_says_what_it_did(course):
    _, rounds, _ = course

    for one in rounds:
        assert (one.done.code, one.done.err) == (0, "")
        assert "读取帖文" in one.done.out
    assert rounds[0].done.out.splitlines()[0] == rounds[1].done.out.splitlines()[0]


def test_the_fire_is_claimed_then_verified(course):
    _, rounds, _ = course
    fires = [next(e for e in one.events if "青禾仓库" in e["title"]) for one in rounds]

    assert len({fire["id"] for fire in fires}) == 1
    assert [(f["claimed"], f["verified"]) for f in fires] == [("III", None)] * 3 + [("III", "III")]
    deaths = [(f["figures"]["deaths"]["claimed"], f["figures"]["deaths"]["verified"]) for f in fires]
    assert deaths == [(3, None)] * 3 + [(4, 4)]


def test_the_first_report_goes_out_at_once_and_only_once(course):
    _, rounds, _ = course
    subjects = [mail["Subject"] for mail in rounds[0].told]

    assert len(subjects) == 2
    assert all(subject.startswith("【Ⅲ级·首报·待核实】青禾仓库") for subject in subjects)
    assert len(rounds[1].told) == 2


def test_what_nobody_acknowledged_between_two_runs_climbs(course):
    _, rounds, _ = course
    urged = [mail for mail in rounds[2].told if "催办" in mail["Subject"]]

    assert {mail["Subject"][:5] for mail in urged} == {"【催办1】", "【催办2】"}
    assert {mail["To"].addresses[0].addr_spec for mail in urged} == {"leader-a@duty.example", "deputy@duty.example"}


def test_the_confirmation_is_a_follow_up_to_everybody_told_before(course):
    _, rounds, _ = course
    follow_ups = [m for m in rounds[3].told if "续报" in m["Subject"] and "催办" not in m["Subject"]]

    assert all("已核实" in mail["Subject"] for mail in follow_ups)
    assert {m["To"].addresses[0].addr_spec for m in rounds[2].told} <= {
        m["To"].addresses[0].addr_spec for m in follow_ups
    }


def test_every_mail_has_both_parts_a_chinese_subject_and_an_id_of_its_own(course):
    _, rounds, _ = course
    told = rounds[-1].told

    assert len({mail["Message-ID"] for mail in told}) == len(told)
    for mail in told:
        assert mail.get_body(("plain",)) is not None
        assert mail.get_body(("html",)) is not None
        assert mail["Auto-Submitted"] == "auto-generated"
        assert "【" in mail["Subject"]
    assert len({mail["References"] for mail in told if "青禾" in mail["Subject"]}) == 1


def test_no_planted_identity_and_no_out_of_scope_text_is_in_any_byte(course):
    folder, _, _ = course

    assert places_of([*PLANTED, *CHATTER], folder) == []
    assert any("青禾仓库".encode() in content for content in everything(folder).values())


def test_nobody_goes_where_robots_forbids_and_everybody_is_told_who_reads(course):
    _, _, site = course
    agents = {headers["user-agent"] for _, headers, _ in site.requests}

    assert "/private/" not in "".join(site.asked())
    assert agents == {"Minqing/0.1 (+duty@minqing.example)"}


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def test_a_mail_server_that_is_down_is_said_and_the_mails_wait_for_the_next_run(village, tmp_path):
    port = free_port()
    desk = a_desk(tmp_path / "desk", village.site, port)

    down = once(desk, moment(10))
    assert down.code == 1
    (sentence,) = down.err.splitlines()
    assert sentence.startswith(f"有2封邮件未送达：邮件服务器 127.0.0.1:{port} 拒绝连接，请确认服务器已启动")
    assert sentence.endswith("邮件保留，稍后自动重试。")

    with MailSink(tmp_path / "mail", port=port) as sink:
        # At the very same moment: a new run tries whatever waits, without waiting any longer.
        assert once(desk, moment(10)).code == 0
        assert sorted(addresses(sink)) == ["leader-a@duty.example", "operator-a@duty.example"]
        assert once(desk, moment(10, 1)).code == 0
        assert len(addresses(sink)) == 2


FAULTY = """
  - {{id: html, kind: feed, name: 不是订阅, url: "{base}/html.xml", authority: media, params: {private}}}
  - {{id: latin, kind: page_list, name: 认不出编码, url: "{base}/noise.html", authority: official, params: {private}}}
  - {{id: lying, kind: feed, name: 声明错编码, url: "{base}/lying.xml", authority: media, params: {private}}}
  - {{id: closed, kind: feed, name: 不许采集, url: "{base}/private/feed.xml", authority: media, params: {private}}}
  - {{id: json, kind: json_api, name: 接口坏了, url: "{base}/broken.json", authority: public,
     params: {{allow_private_hosts: ["127.0.0.1"], fields: {{text: text}}}}}}
  - {{id: ill, kind: feed, name: 服务器出错, url: "{base}/ill.xml", authority: media, params: {private}}}
  - {{id: gone, kind: feed, name: 连不上, url: "http://127.0.0.1:{closed}/x.xml", authority: media, params: {private}}}
  - {{id: kind, kind: rss, name: 写错方式, url: "{base}/news/feed.xml", authority: media, params: {private}}}
  - {{id: params, kind: feed, name: 写错参数, url: "{base}/news/feed.xml", authority: media,
     params: {{allow_private_host: ["127.0.0.1"]}}}}
"""
LYING = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>声明</title>
<item><title>石桥里小区停水</title><link>http://127.0.0.1/9</link><description>石桥里小区昨夜起停水，至今没有恢复。</description></item></channel></rss>"""


@pytest.fixture
def faulty(village, tmp_path):
    """The village's sources and, beside them, one of each that something is wrong with."""
    site = village.site
    site.pages |= {
        "/html.xml": Reply("<!doctype html><html><body><p>网站改版中"),
        "/noise.html": Reply(bytes(range(128, 256)) * 40, headers={"Content-Type": "text/html"}),
        "/lying.xml": Reply(LYING.encode("gbk"), headers={"Content-Type": "application/rss+xml"}),
        "/private/feed.xml": Reply("x"),
        "/broken.json": Reply('{"posts": [{"text": "石桥里'),
        "/ill.xml": Reply("x", status=500),
    }
    private = '{allow_private_hosts: ["127.0.0.1"]}'
    more = FAULTY.format(base=site.url, private=private, closed=free_port())
    with MailSink(tmp_path / "mail") as sink:
        desk = a_desk(tmp_path / "desk", site, sink.port)
        (desk / "sources.yaml").write_text(SOURCES.format(base=site.url) + more.lstrip("\n"), encoding="utf-8")
        yield desk, sink


def test_each_faulty_source_is_one_sentence_that_names_it_and_the_rest_goes_on(faulty, village):
    desk, sink = faulty

    done = once(desk, moment(10))

    told = {name: [line for line in done.err.splitlines() if f"“{name}”" in line] for name in names(FAULTY)}
    assert done.code == 1
    assert told.pop("声明错编码") == []
    assert {name: len(lines) for name, lines in told.items()} == dict.fromkeys(told, 1), done.err
    assert len(done.err.splitlines()) == len(told), done.err
    assert all(line.endswith("。") for line in done.err.splitlines())
    assert "robots.txt 不允许" in told["不许采集"][0]
    assert "不是有效的 RSS" in told["不是订阅"][0]
    assert "编码" in told["认不出编码"][0]
    assert "不是有效的 JSON" in told["接口坏了"][0]
    assert "HTTP 500" in told["服务器出错"][0]
    assert "拒绝连接" in told["连不上"][0]
    assert "rss" in told["写错方式"][0]
    assert "feed" in told["写错方式"][0]
    assert "allow_private_hosts" in told["写错参数"][0]

    assert "/private/feed.xml" not in village.site.asked()
    assert len(addresses(sink)) == 2
    assert "石桥里小区停水".encode() in b"".join(everything(desk).values())
    assert any("“声明错编码”" in line and "GB18030" in line for line in done.out.splitlines())


def names(sources):
    """Names of the sources in a piece of sources.yaml."""
    return [part.partition(",")[0] for part in sources.split("name: ")[1:]]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("plan.yaml", "quiet: 30m", "quite: 30m", "是不是想写“quiet”？"),
        ("roster.yaml", "fallback:", "fall_back:", "是不是想写“fallback”？"),
        ("sources.yaml", "    authority: media", "    authorty: media", "是不是想写“authority”？"),
        ("settings.yaml", "contact:", "contacts:", "是不是想写“contact”？"),
    ],
)
def test_a_file_with_an_unknown_key_is_said_with_its_line_and_nothing_is_done(village, tmp_path, file, old, new, said):
    desk = a_desk(tmp_path / "desk", village.site, 1)
    text = (desk / file).read_text(encoding="utf-8").replace(old, new, 1)
    (desk / file).write_text(text, encoding="utf-8")
    line = text[: text.index(new.strip())].count("\n") + 1

    done = once(desk, moment(10))

    assert done.code == 2
    assert f"{desk / file} 第{line}行：" in done.err
    assert said in done.err
    assert village.site.asked() == []


def test_a_fresh_folder_needs_only_sources_to_read_ones_own_machines(village, tmp_path):
    """`minqing init`, sources.yaml, and the mail server by a variable: nothing else is touched."""
    desk = tmp_path / "desk"
    assert minqing("init", desk).code == 0
    (desk / "sources.yaml").write_text(SOURCES.format(base=village.site.url), encoding="utf-8")
    with MailSink(tmp_path / "mail") as sink:
        done = once(desk, moment(10), MINQING_MAIL__PORT=str(sink.port))

        assert done.code == 0, done.err
        assert len(addresses(sink)) == 2


def test_a_clock_that_goes_back_is_told_and_the_alert_comes_earlier_by_as_much(village, tmp_path):
    with MailSink(tmp_path / "mail") as sink:
        desk = a_desk(tmp_path / "desk", village.site, sink.port)
        assert once(desk, moment(10)).code == 0
        village.say("青禾仓库的火又大了，死了3个人", moment(9, 30), 3)
        village.publish()

        assert once(desk, moment(9, 40)).code == 0
        assert len(addresses(sink)) == 3
        assert "系统时钟在12月5日10时00分被拨回20分钟" in words(mails(sink)[-1])
        assert once(desk, moment(10, 5)).code == 0
        assert "签收超时（时限12月5日9时55分）" in "".join(map(words, mails(sink)[3:]))
        assert set(addresses(sink)[3:]) == {"leader-a@duty.example"}


def test_a_folder_that_is_none_is_one_sentence(tmp_path):
    done = once(tmp_path / "none", moment(10))

    assert done.code == 2
    assert "minqing init" in done.err
    assert len(done.err.splitlines()) == 1


def test_a_second_run_at_the_same_time_is_refused_with_a_sentence(village, tmp_path):
    desk = a_desk(tmp_path / "desk", village.site, 1)
    (desk / "data").mkdir()
    with alone.hold(desk / "data"):
        done = once(desk, moment(10))

    assert done.code == 2
    assert "正由另一个 minqing 进程使用" in done.err
    assert village.site.asked() == []
