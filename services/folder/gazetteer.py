"""The district's own place file, over the bundled national list."""

from pathlib import Path

import orjson

from analyzer.places.gazetteer import Gazetteer
from services.errors import ConfigError, plainly


def load_gazetteer(path: Path | None) -> Gazetteer:
    """The national list with the file's places; without a file (None, or one that is not there) the list alone."""
    if path is None:
        return Gazetteer.load(())
    entries, problems = [], []
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise ConfigError([f"不能读取地名库 {path}：{plainly(error)}，请检查路径。"]) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entries.append(orjson.loads(line))
        except orjson.JSONDecodeError:
            problems.append(f"{path} 第{number}行：不是有效的 JSON，请检查引号与括号。")
    if problems:
        raise ConfigError(problems)
    try:
        return Gazetteer.load(entries)
    except ValueError as error:
        raise ConfigError([f"{path}：{error}"]) from error
