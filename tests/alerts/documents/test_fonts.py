import pytest

from alerts.documents import fonts, pdf
from alerts.documents.errors import DocumentError
from tests.alerts.documents.samples import paper


def test_the_best_of_what_is_installed_is_taken():
    assert fonts.choose(["DejaVu Sans", "Noto Sans CJK SC", "Source Han Serif SC", "Noto Serif CJK SC"]) == (
        "Noto Serif CJK SC",
        "Noto Sans CJK SC",
    )


@pytest.mark.parametrize("only", ["Noto Sans CJK SC", "Source Han Serif CN"])
def test_one_face_stands_in_for_the_other(only):
    assert fonts.choose(["DejaVu Sans", only]) == (only, only)


def test_without_a_chinese_face_one_sentence_says_the_way_out(monkeypatch):
    def none():
        return fonts.choose(["DejaVu Sans"])

    monkeypatch.setattr(fonts, "chosen", none)
    with pytest.raises(DocumentError, match=r"没有可用的中文字体.*apt install fonts-noto-cjk.*。$"):
        pdf.render(paper())
