"""`minqing init`: a service folder with commented files to edit."""

from importlib import resources
from pathlib import Path

from services.errors import ConfigError, plainly

FILES = {
    "settings.yaml": "settings.example.yaml",
    "sources.yaml": "sources.example.yaml",
    "plan.yaml": "plan.example.yaml",
    "roster.yaml": "roster.example.yaml",
    "holidays.yaml": "holidays.example.yaml",
    "gazetteer.jsonl": "gazetteer.example.jsonl",
}
"""Name in the folder → name of the shipped example."""


def example(name: str) -> str:
    """Text of a shipped example: inside the installed package, or in deploy/ of a checkout."""
    packaged = resources.files("services").joinpath("examples", name)
    if packaged.is_file():
        return packaged.read_text(encoding="utf-8")
    return (Path(__file__).parents[2] / "deploy" / name).read_text(encoding="utf-8")


def write_folder(folder: Path) -> list[str]:
    """Write what is missing, keep what is there; one sentence a file. Raises ConfigError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [_write(folder / name, source) for name, source in FILES.items()] + [
            f"下一步：修改以上文件，运行 minqing check {folder} 检查，再运行 minqing run {folder} 启动服务。"
        ]
    except OSError as error:
        raise ConfigError([f"不能写入 {folder}：{plainly(error)}，请检查路径与权限。"]) from error


def _write(path: Path, source: str) -> str:
    if path.exists():
        return f"{path} 已存在，保持不变。"
    path.write_text(example(source), encoding="utf-8")
    return f"已写入 {path}"
