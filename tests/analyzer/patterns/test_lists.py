"""Word lists that are written as YAML."""

from importlib import resources

from analyzer.patterns import expressions, lists


def test_what_an_earlier_start_has_kept_is_not_parsed_again(monkeypatch):
    text = resources.files("analyzer").joinpath("resources", "remarks.yaml").read_text(encoding="utf-8")
    monkeypatch.setattr(expressions, "told", {})
    parsed = lists.read("remarks.yaml")
    assert parsed["targets"].split()
    assert expressions.told == {("_parsed", text): parsed}

    monkeypatch.setattr(expressions, "told", {})
    monkeypatch.setattr(expressions, "known", {("_parsed", text): "kept"})
    assert lists.read("remarks.yaml") == "kept"
