"""YAML files with a published schema: an error names file, line, the nearest known key and the way out."""

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from services.errors import ConfigError, plainly
from services.folder import faults

M = TypeVar("M", bound=BaseModel)

_SENTENCES = {
    "missing": "缺少必填项“{key}”，请补上",
    "extra_forbidden": "不认识的项“{key}”{hint}",
    "string_type": "“{key}”应当是文字；编号、电话等纯数字请加引号",
    "int_type": "“{key}”应当是整数",
    "int_parsing": "“{key}”应当是整数",
    "int_from_float": "“{key}”应当是整数",
    "float_type": "“{key}”应当是数字",
    "float_parsing": "“{key}”应当是数字",
    "bool_parsing": "“{key}”应当是 true 或 false",
    "bool_type": "“{key}”应当是 true 或 false",
    "list_type": "“{key}”应当是列表（每行以 - 开头）",
    "tuple_type": "“{key}”应当是列表（每行以 - 开头）",
    "dict_type": "“{key}”应当是“名称: 值”的形式",
    "model_type": "“{key}”应当是“名称: 值”的形式",
    "model_attributes_type": "“{key}”应当是“名称: 值”的形式",
    "too_short": "“{key}”太短或为空，至少 {min_length} 个",
    "string_too_short": "“{key}”写得太短或为空",
    "string_too_long": "“{key}”最多 {max_length} 字",
    "enum": "“{key}”只能是 {expected}",
    "literal_error": "“{key}”只能是 {expected}",
    "url_parsing": "“{key}”不是有效的网址",
    "greater_than": "“{key}”应大于 {gt}",
    "greater_than_equal": "“{key}”不能小于 {ge}",
    "less_than_equal": "“{key}”不能大于 {le}",
    "string_pattern_mismatch": "“{key}”的写法不对，请只用字母、数字、_ . -",
    "string_unicode": "“{key}”里有不能显示的字符，请删去",
    "datetime_type": "“{key}”应写成 2026-11-20T08:00:00+08:00 的形式",
    "date_type": "“{key}”应写成 2026-11-20 的形式",
    "finite_number": "“{key}”应当是数字",
    "time_parsing": "“{key}”应写成 08:00 的形式",
    "date_from_datetime_parsing": "“{key}”应写成 2026-11-20 的形式",
    "date_parsing": "“{key}”应写成 2026-11-20 的形式",
    "datetime_parsing": "“{key}”应写成 2026-11-20T08:00:00+08:00 的形式",
    "datetime_from_date_parsing": "“{key}”应写成 2026-11-20T08:00:00+08:00 的形式",
    "timezone_aware": "“{key}”缺少时区，应写成 2026-11-20T08:00:00+08:00 的形式",
    "json_invalid": "请求正文不是有效的 JSON",
}


def load(path: Path, model: type[M], build: Callable[[Any], M] | None = None) -> M:
    """The file as `model`, by `build` where validation alone is not enough. Raises ConfigError with all problems."""
    tree = read(path)
    try:
        return (build or model.model_validate)(tree)
    except ValidationError as error:
        raise ConfigError([_sentence(path, tree, model, detail) for detail in error.errors()]) from error


def sentences(path: Path, model: type[BaseModel], error: ValidationError, under: tuple[int | str, ...]) -> list[str]:
    """The problems of a part of the file (below `under`) that was checked against its own model."""
    tree = read(path)
    return [_sentence(path, tree, model, detail, under) for detail in error.errors()]


def line_of(path: Path, location: Sequence[int | str]) -> int | None:
    """Line (from 1) of the deepest part of `location` that is in the file. Raises ConfigError."""
    return _line(read(path), location)


def read(path: Path) -> Any:
    """The YAML tree with line numbers. Raises ConfigError when it cannot be read as YAML."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigError([f"找不到文件 {path}，请先运行 minqing init 生成一份，或检查路径。"]) from error
    except OSError as error:
        raise ConfigError([f"{path}：不能读取（{plainly(error)}），请检查路径与权限。"]) from error
    except UnicodeDecodeError as error:
        raise ConfigError([f"{path}：不是 UTF-8 编码，请另存为 UTF-8 后再试。"]) from error
    try:
        tree = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        said = faults.why(error, text)
        raise ConfigError([f"{path} 第{faults.where(error)}行：YAML 写法有误：{said}。"]) from error
    except YAMLError as error:
        raise ConfigError([f"{path}：有不能显示的字符，不是文本文件，请另存为 UTF-8 文本后再试。"]) from error
    except RecursionError as error:
        raise ConfigError([f"{path}：括号或缩进套得太深，读不了，请检查 {{ }} 和 [ ] 是否成对。"]) from error
    except ValueError as error:
        # ruamel builds dates itself and lets an impossible one through as a bare ValueError.
        line, written = next(_impossible(YAML(typ="rt").compose(text)), (1, str(error)))
        raise ConfigError([f"{path} 第{line}行：没有“{written}”这样的日期或时间，请改正或加上引号。"]) from error
    return {} if tree is None else tree


def _impossible(node: Any) -> Iterator[tuple[int, str]]:
    """Line and text of every date below `node` that there is not."""
    for child in node.value if isinstance(node.value, list) else ():
        for part in child if isinstance(child, tuple) else (child,):
            yield from _impossible(part)
    if isinstance(node.value, str) and node.style is None:
        try:
            YAML(typ="safe").load(node.value)
        except ValueError:
            yield node.start_mark.line + 1, node.value
        except YAMLError:
            return


def clause(detail: ErrorDetails, key: str, hint: str = "") -> str:
    """One validation error as a clause; `key` is what people call the thing, `hint` follows an unknown one."""
    if detail["type"] == "value_error":
        said = str(detail["ctx"]["error"]).rstrip("。")
        return f"“{key}”：{said}" if isinstance(detail["input"], str | int | float) else said
    text = _SENTENCES.get(detail["type"], "“{key}”的写法不对，请改正")
    if any(mark in key for mark in "：，\u3000"):
        return f"“{key}”里有中文标点或全角空格，请改为英文的冒号、逗号（后面空一格）和半角空格"
    context = {name: _listed(str(value)) for name, value in detail.get("ctx", {}).items()}
    return text.format_map({**context, "key": key, "hint": hint})


def _listed(expected: str) -> str:
    """What pydantic lists as "'a', 'b' or 'c'" as a Chinese list."""
    return "、".join(re.findall(r"'([^']*)'", expected)) or expected.replace(" or ", "、")


def _called(location: Sequence[int | str]) -> str:
    """A place in the file as people count: "people第1项.channels.sms"."""
    parts = [f"第{part + 1}项" if isinstance(part, int) else f".{part}" for part in location if not _is_tag(part)]
    return "".join(parts).removeprefix(".") or "文件"


def odd_quotes(path: Path) -> list[str]:
    """Values that stand in Chinese quotation marks: YAML takes them for a part of the value. Raises ConfigError."""
    found = []
    for location, value in _texts(read(path)):
        if len(value) > 1 and value[0] in "“‘「" and value[-1] in "”’」":
            line = line_of(path, location)
            found.append(f"{path} 第{line}行：“{_called(location)}”的值用了中文引号，请改为英文引号。")
    return found


def _texts(tree: Any, location: tuple[int | str, ...] = ()) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Every text of a tree with its place."""
    if isinstance(tree, str):
        yield location, tree
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for name, part in pairs:
        yield from _texts(part, (*location, name))


def _sentence(
    path: Path, tree: Any, model: type[BaseModel], detail: ErrorDetails, under: tuple[int | str, ...] = ()
) -> str:
    """One validation error as a sentence that names file and line."""
    location = detail["loc"]
    key = _called(location)
    below = getattr(detail.get("ctx", {}).get("error"), "at", ())
    line = _line(tree, (*under, *location, *below))
    where = f"{path} 第{line}行" if line else str(path)
    said = clause(detail, key, _hint(model, location) if detail["type"] == "extra_forbidden" else "")
    return f"{where}：{said}" + ("" if said.endswith("？") else "。")


def _is_tag(part: int | str) -> bool:
    """Names that pydantic puts into a location and that are not in the file."""
    return isinstance(part, str) and ("[" in part or part.startswith("function-"))


def _line(tree: Any, location: Sequence[int | str]) -> int | None:
    """As `line_of`."""
    line: int | None = None
    node: Any = tree
    for part in location:
        if not hasattr(node, "lc"):
            break
        spots: Any = node.lc
        try:
            spot = spots.key(part) if isinstance(node, dict) else spots.item(part)
            line = spot[0] + 1
            node = node[part]
        except (KeyError, IndexError, TypeError):
            continue
    if line is None:
        # A scalar of a special tag has a place without a line: a file that says "=" and no more.
        start = getattr(getattr(tree, "lc", None), "line", None)
        line = start + 1 if start is not None else None
    return line


def _hint(model: type[BaseModel], location: Sequence[int | str]) -> str:
    """The nearest known key, where there is one."""
    known = known_keys(model, location[:-1])
    close = difflib.get_close_matches(str(location[-1]), known, n=1, cutoff=0.5)
    if close:
        return f"，是不是想写“{close[0]}”？"
    return f"，可用的有：{'、'.join(sorted(known))}" if known else "，请删去"


def known_keys(model: type[BaseModel], location: Sequence[int | str]) -> list[str]:
    """Keys allowed at `location` below `model`."""
    at: Any = model
    for part in location:
        field = at.model_fields.get(str(part)) if isinstance(at, type) and issubclass(at, BaseModel) else None
        at = _model_within(field.annotation) if field is not None else at
    fields = at.model_fields if isinstance(at, type) and issubclass(at, BaseModel) else {}
    return [field.alias or name for name, field in fields.items()]


def _model_within(annotation: Any) -> Any:
    """The model inside tuple[Model, ...], dict[str, Model], Model | None, Annotated[Model, …]."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_within(part)) is not None), None)


def editable(path: Path) -> Any:
    """A file that people write, to be changed and written back by `edited`: comments, quotes and order are kept."""
    return _round_trip().load(path.read_text(encoding="utf-8-sig"))


def edited(tree: Any) -> str:
    """The text of a file that was read by `editable`."""
    out = StringIO()
    _round_trip().dump(tree, out)
    return out.getvalue()


def _round_trip() -> YAML:
    made = YAML(typ="rt")
    made.preserve_quotes = True
    made.width = 4096
    made.indent(mapping=2, sequence=4, offset=2)
    made.representer.ignore_aliases = lambda *_: True  # a date that stands twice is written twice
    return made
