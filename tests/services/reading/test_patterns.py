import marshal
import re
import subprocess
import sys
from pathlib import Path

import pytest

from analyzer.facts.tokens import TOKEN
from analyzer.nature.clauses import _CUES
from services.reading import patterns

START = """
import re._parser, sys
from pathlib import Path
from services.reading import patterns

parse, parsed = re._parser.parse, []
re._parser.parse = lambda *given, **named: parsed.append(given) or parse(*given, **named)
with patterns.kept(Path(sys.argv[1])):
    import analyzer.facts.linker
print(len(parsed))
"""


def parsed_by_a_start(file: Path) -> int:
    """How many patterns a new process parses that imports what links figures."""
    done = subprocess.run([sys.executable, "-c", START, str(file)], capture_output=True, text=True, check=True)
    return int(done.stdout)


def test_a_second_start_parses_no_pattern(tmp_path):
    file = tmp_path / "cache" / "patterns"

    assert parsed_by_a_start(file) > 500
    assert parsed_by_a_start(file) == 0


@pytest.mark.parametrize("spoilt", [b"", b"\xff\x00", marshal.dumps(("another Python", {}, {})), marshal.dumps(7)])
def test_what_is_broken_or_of_another_python_is_not_read_but_made_anew(tmp_path, spoilt):
    file = tmp_path / "patterns"
    file.write_bytes(spoilt)

    assert parsed_by_a_start(file) > 500
    assert parsed_by_a_start(file) == 0


def test_where_nothing_can_be_written_all_goes_on_without(tmp_path):
    blocked = tmp_path / "a file and no folder"
    blocked.touch()

    assert parsed_by_a_start(blocked / "patterns") > 500


@pytest.mark.parametrize("flags", [0, re.IGNORECASE, re.VERBOSE])
@pytest.mark.parametrize(
    "pattern", [TOKEN.pattern, _CUES.pattern, "(?i:Ä)b", r"(?P<x>\d)(?(x)a|[\ud800-\udfff])", "[^一-鿿]+?", b"a[b-z]*"]
)
def test_a_pattern_made_from_what_was_kept_is_the_one_that_re_makes(pattern, flags):
    code = patterns.Codes({})
    with code.compiling():
        first = re._compiler.compile(pattern, flags)
    with patterns.Codes(marshal.loads(marshal.dumps(code.used))).compiling():
        second = re._compiler.compile(pattern, flags)

    assert first == second == re.compile(pattern, flags)
    assert first.groupindex == second.groupindex == re.compile(pattern, flags).groupindex
