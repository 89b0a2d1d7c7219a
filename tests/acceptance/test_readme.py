"""Every command that README.md tells a newcomer to type is one that there is."""

import re
import shlex
from functools import cache
from pathlib import Path

import pytest

from tests.acceptance.commands import minqing

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PLAIN = {"cd", "curl", "$EDITOR", "cp", "git"}
"""Commands that are nobody's but the system's."""


def commands():
    """Each command of every ```sh block, as words; comments and continued lines joined."""
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            while words and re.fullmatch(r"\w+=\S*", words[0]):
                words = words[1:]  # a variable before the command
            if words:
                yield tuple(words)


def of_minqing():
    """The commands that run minqing, by whatever path."""
    return [words[1:] for words in commands() if Path(words[0]).name == "minqing"]


@cache
def usage(*names):
    """What --help says."""
    done = minqing(*names, "--help")
    assert done.code == 0, (names, done.err)
    return done.out


def test_a_newcomer_is_told_the_two_commands():
    assert {("make", "demo"), ("make", "test")} <= set(commands())


def test_ci_runs_exactly_the_tests():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert re.findall(r"^(?:exec )?make .*$", script, re.MULTILINE)[-1].split()[-1] == "test"


def test_every_target_of_make_that_is_named_is_one():
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    named = {word for words in commands() if words[0] == "make" for word in words[1:] if "=" not in word}

    assert named <= targets


def test_every_variable_given_to_make_is_one_that_it_reads():
    given = {word.partition("=")[0] for words in commands() if words[0] == "make" for word in words[1:] if "=" in word}

    assert [name for name in given if f"$({name}" not in MAKEFILE and f"$(if $({name}" not in MAKEFILE] == []


def test_every_command_is_ours_or_the_systems():
    known = {"make", "minqing"} | PLAIN

    assert [words for words in commands() if Path(words[0]).name not in known] == []


@pytest.mark.parametrize("words", of_minqing(), ids=" ".join)
def test_every_subcommand_and_option_is_one(words):
    name = words[0]
    assert re.search(rf"^ +{name}\b", usage(), re.MULTILINE), name
    told = usage(name)
    nested = [w for w in words[1:2] if "命令：" in told]
    told = usage(name, *nested) if nested else told

    assert [w for w in words if w.startswith("-") and w.partition("=")[0] not in told] == []


def test_every_file_that_is_linked_is_there():
    targets = [t for t in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", README) if "://" not in t]

    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_every_subcommand_says_in_chinese_what_it_does():
    names = re.findall(r"^  (\w+)  ", usage().partition("命令：")[2], re.MULTILINE)

    assert {"init", "check", "run", "once", "analyze", "replay", "schema", "demo"} <= set(names)
    for name in names:
        assert re.search("[一-鿿]", usage(name).partition("\n\n")[2]), name
