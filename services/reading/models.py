"""Training and measuring the models from the command line: what must be there, and where the results go."""

from importlib import resources
from importlib.util import find_spec
from pathlib import Path

from services.errors import ConfigError

_NEEDED = ("sklearn", "scipy")
_HOW = "训练和评测模型需要 scikit-learn 和 scipy，这里没有装：请运行 pip install scikit-learn scipy，再试一次。"


def train_models(data: Path, corpus: Path, out: Path | None) -> list[str]:
    """Rebuild all artefacts; sentences on what was written."""
    _check(data, corpus)
    from analyzer.training import names, train  # noqa: PLC0415  # needs what was just looked for

    target = out or Path(str(resources.files("analyzer") / "models"))
    version = train(data, corpus, target)
    written = sorted(path for path in target.iterdir() if path.suffix in {".npz", ".json"})
    size = sum(path.stat().st_size for path in written) / 2**20
    said = [f"模型 {version} 已写入 {target}：{'、'.join(path.name for path in written)}，共{size:.1f} MB。"]
    if not (corpus / "names").is_dir():
        return [*said, f"{corpus} 里没有 names 文件夹，姓名识别模型未重新训练。"]
    recogniser = (out or Path(str(resources.files("crawlers") / "models"))) / names.FILE
    names.train(data, corpus).save(recogniser)
    return [*said, f"姓名识别模型已写入 {recogniser}，{recogniser.stat().st_size / 2**20:.1f} MB。"]


def evaluate_models(data: Path, corpus: Path, *, retrain: bool) -> str:
    """The table of all measures."""
    _check(data, corpus)
    from analyzer.training import evaluate, table  # noqa: PLC0415

    return table(evaluate(data, corpus, retrain=retrain))


def _check(data: Path, corpus: Path) -> None:
    if any(find_spec(name) is None for name in _NEEDED):
        raise ConfigError([_HOW])
    if not any(data.glob("*.csv.gz")):
        raise ConfigError([f"{data} 里没有语料（*.csv.gz），请指定存放语料的文件夹。"])
    if not any(corpus.glob("*.jsonl")):
        raise ConfigError([f"{corpus} 里没有自写语料（*.jsonl），请在源码文件夹里运行，或用 --corpus 指定。"])
