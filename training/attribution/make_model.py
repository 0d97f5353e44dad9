"""Make the model that comes with the program: `python -m training.attribution.make_model --data POLNEAR --classes EWT`.

The settings of the shipped file, written down so that anybody with the data can make it again: the same data, versions
and machine give the same bytes. See docs/reference/model-card-attribution.md.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from catena.lexicons.tagger import write_tagger
from catena.training.trainer import Settings, train

NAME = "polnear-1"
SETTINGS = Settings(seed=11, epochs=18, class_epochs=14)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with train and dev of PolNeAR")
    parser.add_argument("--classes", type=Path, nargs="+", required=True, help="train part of UD English EWT, CoNLL-U")
    parser.add_argument("--out", type=Path, default=Path("src/catena/data/attribution/tagger.en.npz"))
    given = parser.parse_args()
    tagger, facts = train(given.data, SETTINGS, name=NAME, classes=given.classes, report=_report)
    write_tagger(given.out, tagger, facts)


def _report(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    main()
