"""`lookus train sketch-…` and `lookus evaluate sketch|sketch-lines`."""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Subparsers = argparse._SubParsersAction
Command = Callable[[argparse.Namespace], None]
Finish = Callable[[argparse.ArgumentParser, Command], None]
"""Adds --data, --cache and --threads, and sets what is run."""


def add_train(kinds: Subparsers[argparse.ArgumentParser], finish: Finish) -> None:
    reader = kinds.add_parser("sketch-reader", help="drawings find their products")
    reader.add_argument(
        "--tagger", type=Path, required=True, metavar="WEIGHTS.pt", help="what it starts from"
    )
    _add_run(reader)
    finish(reader, _train_reader)
    colorist = kinds.add_parser("sketch-colorist", help="from a drawing to a picture")
    colorist.add_argument("--only", default="", metavar="KIND", help="of garments of one kind")
    _add_run(colorist)
    finish(colorist, _train_colorist)
    edges = kinds.add_parser("sketch-edges", help="from a photo to its lines")
    edges.add_argument("--drawn-alone", action="store_true", help="learn from no catalogue photo")
    _add_schedule(edges)
    finish(edges, _train_edges)
    export = kinds.add_parser("sketch-export", help="the drawing networks into a bundle")
    for name in ("reader", "colorist", "edges"):
        export.add_argument(f"--{name}", type=Path, required=True, metavar="FILE")
    export.add_argument("--bundle", type=Path, required=True)
    finish(export, _export)


def add_evaluate(what: Subparsers[argparse.ArgumentParser], finish: Finish) -> None:
    sketch = what.add_parser("sketch", help="drawings of held-out designs")
    sketch.add_argument("--bundle", type=Path, required=True)
    sketch.add_argument("--json", type=Path, metavar="FILE", help="write the report here too")
    finish(sketch, _evaluate)
    kinds = what.add_parser("sketch-kinds", help="one colouring network a kind, or one for all")
    kinds.add_argument("--bundle", type=Path, required=True)
    kinds.add_argument(
        "--model", type=_named, action="append", required=True, metavar="NAME=WEIGHTS.pt"
    )
    kinds.add_argument("--json", type=Path, metavar="FILE", help="write the table here too")
    finish(kinds, _evaluate_kinds)
    lines = what.add_parser("sketch-lines", help="lines found in photos of held-out designs")
    lines.add_argument("--edges", type=Path, metavar="FILE.onnx", help="the network, beside rules")
    finish(lines, _evaluate_lines)


def _add_run(command: argparse.ArgumentParser) -> None:
    command.add_argument("--bundle", type=Path, required=True, help="whose vectors are to be found")
    _add_schedule(command)


def _add_schedule(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--run", dest="folder", type=Path, required=True, help="folder; continues what is in it"
    )
    command.add_argument("--minutes", type=float, help="end after so long, whatever the steps")
    command.add_argument("--steps", type=int)
    command.add_argument("--seed", type=int, default=1)


def _named(text: str) -> tuple[str, Path]:
    name, found, path = text.partition("=")
    if not found:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=WEIGHTS.pt")
    return name, Path(path)


def _common(args: argparse.Namespace) -> dict[str, Any]:
    return {
        "data": args.data,
        "cache": args.cache,
        "bundle": args.bundle,
        "seed": args.seed,
        "threads": args.threads,
    }


def _given(args: argparse.Namespace) -> dict[str, Any]:
    given = {"steps": args.steps, "minutes": args.minutes}
    return {name: value for name, value in given.items() if value is not None}


def _train_reader(args: argparse.Namespace) -> None:
    from vision.training.sketch.reader import ReaderConfig, train_reader

    config = ReaderConfig(**_common(args), tagger=args.tagger)
    schedule = dataclasses.replace(config.schedule, **_given(args))
    print(train_reader(dataclasses.replace(config, schedule=schedule), args.folder))


def _train_colorist(args: argparse.Namespace) -> None:
    from vision.training.sketch.colorist import ColoristConfig, train_colorist

    config = ColoristConfig(**_common(args), only=args.only)
    schedule = dataclasses.replace(config.schedule, **_given(args))
    print(train_colorist(dataclasses.replace(config, schedule=schedule), args.folder))


def _train_edges(args: argparse.Namespace) -> None:
    from vision.training.sketch.edge_training import EdgeConfig, train_edges

    config = EdgeConfig(
        data=args.data,
        cache=args.cache,
        catalogue=not args.drawn_alone,
        seed=args.seed,
        threads=args.threads,
    )
    schedule = dataclasses.replace(config.schedule, **_given(args))
    print(train_edges(dataclasses.replace(config, schedule=schedule), args.folder))


def _export(args: argparse.Namespace) -> None:
    from vision.sketch.networks import FOLDER
    from vision.training.sketch.export import SketchPlan, export_sketch
    from vision.training.sketch.settle import settle

    plan = SketchPlan(
        reader=args.reader,
        colorist=args.colorist,
        edges=args.edges,
        bundle=args.bundle,
    )
    export_sketch(plan, args.bundle / FOLDER)
    for name, value in settle(args.bundle, args.data, args.cache, threads=args.threads).items():
        print(name, round(value, 3))


def _evaluate(args: argparse.Namespace) -> None:
    from vision.training.sketch.evaluate import evaluate_sketch, table

    report = evaluate_sketch(args.bundle, args.data, args.cache, threads=args.threads)
    if args.json:
        args.json.write_text(json.dumps(report, indent=1) + "\n")
    print(table(report))


def _evaluate_lines(args: argparse.Namespace) -> None:
    from vision.networks import open_session
    from vision.training.sketch.lines_scores import evaluate_lines, table

    session = open_session(args.edges, args.threads) if args.edges else None
    print(table(evaluate_lines(args.data, args.cache, session)))


def _evaluate_kinds(args: argparse.Namespace) -> None:
    from vision.training.sketch.models import compare, table

    models = dict(args.model)
    found = compare(args.bundle, models, args.data, args.cache, threads=args.threads)
    if args.json:
        args.json.write_text(json.dumps(found, indent=1) + "\n")
    print(table(found))
