"""`minqing train` and `minqing evaluate`: the models, rebuilt and measured."""

from pathlib import Path
from typing import Annotated

import typer

from services.commands.chinese import App
from services.commands.common import sentences

app = App()
DataFolder = Annotated[Path, typer.Argument(help="语料文件夹（*.csv.gz，各集见模型说明）", show_default=False)]
Corpus = Annotated[Path, typer.Option(help="开发者自写语料；每句按其散列留出一半，只用于评测")]
_CORPUS = Path("tests/resources/corpus")


@app.command()
def train(
    data: DataFolder,
    corpus: Corpus = _CORPUS,
    out: Annotated[Path | None, typer.Option(help="写到何处；不写则替换本程序自带的模型")] = None,
) -> None:
    """从语料重新训练全部模型；同样的语料得到同样的文件。"""
    from services.reading.models import train_models  # noqa: PLC0415  # each command loads what it needs

    with sentences():
        for line in train_models(data, corpus, out):
            typer.echo(line)


@app.command()
def evaluate(
    data: DataFolder,
    corpus: Corpus = _CORPUS,
    retrain: Annotated[  # a flag of the command
        bool, typer.Option("--retrain", help="另训练从未见过某一来源的模型来评测（数分钟）")
    ] = False,
) -> None:
    """评测范围、主题、情感、求助、数字与地名，打印各项数值及95%区间。"""
    from services.reading.models import evaluate_models  # noqa: PLC0415

    with sentences():
        typer.echo(evaluate_models(data, corpus, retrain=retrain))
