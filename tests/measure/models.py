"""Prints the table of measures: `python -m tests.measure.models DATA_DIR [--retrain]`. Figures, no assertions."""

import argparse
from pathlib import Path

from analyzer.training import evaluate, table

CORPUS = Path(__file__).parents[1] / "resources" / "corpus"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--retrain", action="store_true", help="also measure models that never saw a whole source")
    chosen = parser.parse_args()
    print(table(evaluate(chosen.data_dir, CORPUS, retrain=chosen.retrain)))  # a report for people


if __name__ == "__main__":
    main()
