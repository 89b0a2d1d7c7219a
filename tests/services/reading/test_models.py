"""Training and measuring from the command line: what is missing is said in a sentence."""

import pytest

from services.errors import ConfigError
from services.reading import models
from services.reading.models import evaluate_models, train_models
from tests.acceptance.commands import minqing


def test_without_scikit_learn_it_says_how_to_install_it(monkeypatch, tmp_path):
    monkeypatch.setattr(models, "find_spec", lambda _name: None)
    with pytest.raises(ConfigError, match="pip install scikit-learn"):
        train_models(tmp_path, tmp_path, tmp_path)


def test_a_folder_without_data_is_named(tmp_path):
    pytest.importorskip("sklearn")
    with pytest.raises(ConfigError, match=f"{tmp_path} 里没有语料"):
        evaluate_models(tmp_path, tmp_path, retrain=False)


def test_a_folder_without_the_corpus_is_named(tmp_path):
    pytest.importorskip("sklearn")
    (tmp_path / "x.csv.gz").write_bytes(b"")
    with pytest.raises(ConfigError, match="没有自写语料"):
        train_models(tmp_path, tmp_path / "nowhere", tmp_path)


def test_the_command_explains_both(tmp_path):
    done = minqing("train", tmp_path)
    assert done.code == 2
    assert done.sentences
