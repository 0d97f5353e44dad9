"""Make the model that comes with the program: `python -m training.attribution.make_model --data POLNEAR --classes EWT`.

The settings of the shipped file, written down so that anybody with the data can make it again: the same data, versions
and machine give the same bytes. Order: the teachers, one after the other -> the pupil, which learns from the marked
texts, from what the teachers' mean makes of them, and from what it makes of the sentences of the second task, which no
teacher saw with marks. See docs/reference/model-card-attribution.md.

`--keep` names a folder in which each teacher stays; one that lies there already is read instead of trained again, so
that a broken run goes on where it stopped. `--teacher SEED` trains that one alone, so that several processes can work
beside each other; a run without it then reads them and makes the pupil.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
from dataclasses import replace
from pathlib import Path

from catena.attribution.tagger import Tagger
from catena.lexicons.tagger import read_tagger, write_tagger
from catena.training.trainer import Settings, train

NAME = "polnear-2"
TEACHER = Settings(epochs=12, class_epochs=12, decay=0.84)
SEEDS = (21, 22)
PUPIL = Settings(seed=31, epochs=12, class_epochs=12, decay=0.84, sides=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with train and dev of PolNeAR")
    parser.add_argument("--classes", type=Path, nargs="+", required=True, help="train part of UD English EWT, CoNLL-U")
    parser.add_argument("--out", type=Path, default=Path("src/catena/data/attribution/tagger.en.npz"))
    parser.add_argument("--keep", type=Path, help="folder of the teachers")
    parser.add_argument("--teacher", type=int, choices=SEEDS, help="train this teacher alone; needs --keep")
    parser.add_argument("--epochs", type=int, help="fewer epochs than the shipped model had, for a trial")
    given = parser.parse_args()
    if given.teacher and not given.keep:
        parser.error("--teacher needs --keep, the folder where the teacher is put")
    fewer = {"epochs": given.epochs} if given.epochs else {}
    seeds = [given.teacher] if given.teacher else SEEDS
    teachers = [teacher(given, replace(TEACHER, seed=seed, **fewer)) for seed in seeds]
    if given.teacher:
        return
    pupil = replace(PUPIL, **fewer)
    tagger, facts = train(given.data, pupil, name=NAME, classes=given.classes, teachers=teachers, report=_report)
    write_tagger(given.out, tagger, {**facts, "teachers": list(SEEDS)})
    _spent()


def teacher(given: argparse.Namespace, settings: Settings) -> Tagger:
    """A model of one seed, trained or read."""
    place = given.keep / f"teacher-{settings.seed}.npz" if given.keep else None
    if place is not None and place.exists():
        return read_tagger(place)
    found, facts = train(given.data, settings, name=f"teacher-{settings.seed}", classes=given.classes, report=_report)
    _report(json.dumps(facts))
    _spent()
    if place is not None:
        place.parent.mkdir(parents=True, exist_ok=True)
        write_tagger(place, found, facts)
    return found


def _spent() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _report(f"{used.ru_utime + used.ru_stime:.0f} s of processor time, at most {used.ru_maxrss // 1024} MB so far")


def _report(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    main()
