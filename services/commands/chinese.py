"""The command line in Chinese: headings of the help, and what is wrong with a call."""

import re
import sys
from collections.abc import Callable, Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

_HELP = (
    (r"(?m)^Usage: ", "用法："),
    (r"(?m)^Options:$", "选项："),
    (r"(?m)^Arguments:$", "参数："),
    (r"(?m)^Commands:$", "命令："),
    (r"\[OPTIONS\]", "[选项]"),
    (r"COMMAND \[ARGS\]\.\.\.", "命令 …"),
    (r"Show this message and exit\.", "显示这段说明"),
    (r"\[required\]", "[必填]"),
    (r"\[default: ([^\]]*)\]", r"[默认 \1]"),
)
_FAULTS = (
    (r"No such command '(.*)'\.", r"没有“\1”这个命令"),
    (r"No such option: (\S+).*", r"没有 \1 这个选项"),
    (r"Missing option '(.*)'\..*", r"缺少选项 \1"),
    (r"Missing argument '(.*)'\..*", r"缺少参数 \1"),
    (r"Missing command\.", "请写明要做哪件事"),
    (r"Option '(.*)' requires an argument\.", r"选项 \1 后面要写它的值"),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)\.?", r"多写了：\1"),
    (r"Invalid value for '(.*?)': (?:Value error, )?'(.*)' is not one of (.*)", r"\1 的值“\2”不对，可写：\3"),
    (r"Invalid value for '(.*?)': Input should be less than or equal to (.*)", r"\1 不能大于 \2"),
    (r"Invalid value for '(.*?)': Input should be greater than or equal to (.*)", r"\1 不能小于 \2"),
    (r"Invalid value for '(.*?)': Input should be a valid (?:integer|number).*", r"\1 应为数字"),
    (r"Invalid value for '(.*?)': (.*)", r"\1 的值不对：\2"),
)


def helped(text: str) -> str:
    """A help page with Chinese headings."""
    for wanted, said in _HELP:
        text = re.sub(wanted, said, text)
    return text


def fault(message: str) -> str:
    """What is wrong with a call, as a sentence; one that we do not know stays as it is."""
    for wanted, said in _FAULTS:
        if re.fullmatch(wanted, message, re.DOTALL):
            return re.sub(wanted, said, message, flags=re.DOTALL).rstrip("。.") + "。"
    return message


class Command(TyperCommand):
    """A command whose help is Chinese."""

    def get_help(self, ctx: Any) -> str:
        """Its help page."""
        return helped(super().get_help(ctx))


class Group(TyperGroup):
    """Commands whose help and faults are Chinese."""

    def get_help(self, ctx: Any) -> str:
        """Its help page."""
        return helped(super().get_help(ctx))

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001  # as typer's own
        windows_expand_args: bool = True,  # noqa: FBT001
        **extra: Any,
    ) -> Any:
        """Run, and say what is wrong with the call; exits as typer does."""

        def run() -> Any:
            return super(Group, self).main(args, prog_name, complete_var, False, windows_expand_args, **extra)  # noqa: FBT003

        if not standalone_mode:
            return run()
        try:
            code = run()
        except typer.Abort:
            typer.echo("已中止。", err=True)
            sys.exit(1)
        except Exception as error:
            context, said = getattr(error, "ctx", None), getattr(error, "format_message", None)
            if said is None:
                raise
            typer.echo(_told(said(), context), err=True)
            sys.exit(getattr(error, "exit_code", 2))
        sys.exit(code if isinstance(code, int) else 0)


def _told(message: str, context: Any) -> str:
    """The fault and where to look; a help page that is shown for want of a command stays alone."""
    if "\n" in message:
        return message
    path = context.command_path if context is not None else "minqing"
    return f"{fault(message)}运行 {path} --help 查看用法。"


class App(typer.Typer):
    """A typer application that speaks Chinese."""

    def __init__(self, **more: Any) -> None:
        """As typer's own."""
        super().__init__(
            cls=Group,
            no_args_is_help=True,
            add_completion=False,
            pretty_exceptions_enable=False,
            rich_markup_mode=None,
            **more,
        )

    def command(self, name: str | None = None, **more: Any) -> Callable[[Any], Any]:
        """As typer's own."""
        return super().command(name, **{"cls": Command, **more})
