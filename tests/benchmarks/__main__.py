"""`make bench`: every benchmark, or those named; JSON under var/bench/ and a table on stdout. Nothing is asserted.

`nation=1000000` is the one that takes a size, at that size.
"""

import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import orjson

OUT = Path("var/bench")


def main() -> None:
    names = sys.argv[1:] or [m.name for m in iter_modules([str(Path(__file__).parent)]) if not m.name.startswith("_")]
    OUT.mkdir(parents=True, exist_ok=True)
    for given in names:
        name, _, size = given.partition("=")
        module = import_module(f"tests.benchmarks.{name}")
        if not hasattr(module, "measure"):
            continue
        figures = module.measure(OUT, int(size)) if size else module.measure(OUT)
        (OUT / f"{name}.json").write_bytes(orjson.dumps(figures, option=orjson.OPT_INDENT_2))
        print(f"== {name}: {(module.__doc__ or '').splitlines()[0]}")
        for key, value in figures.items():
            print(f"   {key:40} {value}")


if __name__ == "__main__":
    main()
