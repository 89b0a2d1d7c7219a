import pytest

from services.search.tokens import Phrase, document_tokens, phrases


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("小区停水", ["小区", "区停", "停水", "水"]),
        ("水", ["水"]),
        ("停电，通知", ["停电", "电", "通知", "知"]),
        ("拨打119电话", ["拨打", "打119", "119电", "电话", "话"]),
        ("G309国道", ["g309国", "国道", "道"]),
        ("拨打119", ["拨打", "打119", "119"]),
        ("ＡＢＣ", ["abc"]),
        ("", []),
        ("！？", []),
    ],
)
def test_a_document_has_its_bigrams_and_each_runs_end(text, tokens):
    assert document_tokens(text) == tokens


def test_a_query_is_a_phrase_for_each_run():
    assert phrases("停水通知 G309 水") == [
        Phrase(("停水", "水通", "通知"), open_ended=False),
        Phrase(("g309",), open_ended=True),
        Phrase(("水",), open_ended=True),
    ]
