"""`lookus train …` and `lookus evaluate vision|sketch`.

torch is imported only when a training command runs.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vision.errors import BundleError
from vision.training.runtime import ADVICE, torch_is_missing
from vision.training.sketch import cli as sketch

if TYPE_CHECKING:
    from vision.training.runs import Schedule
    from vision.training.tagger import TaggerConfig

DONE, FAILED, CANNOT_START = 0, 1, 2
Command = Callable[[argparse.Namespace], None]


Subparsers = argparse._SubParsersAction


def add_commands(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    """Add `train` and `evaluate`; each sets `run`, which returns the exit status."""
    add_train(subparsers)
    add_evaluate(subparsers)


def add_train(subparsers: Subparsers[argparse.ArgumentParser]) -> None:
    train = subparsers.add_parser("train", help="train the networks of a bundle")
    kinds = train.add_subparsers(required=True, metavar="WHAT")
    parser = kinds.add_parser("parser", help="which pixels are which garment")
    _add_training(parser, _train_parser)
    parser.add_argument(
        "--start",
        type=Path,
        metavar="WEIGHTS.pt|BUNDLE",
        help="go on from this parser, with self-training on the phone photos",
    )
    parser.add_argument(
        "--draw",
        type=_share,
        nargs="*",
        default=[],
        metavar="KIND=SHARE",
        help="how often a kind of photo is drawn: street=0.9 nothing=0.3",
    )
    tagger = kinds.add_parser("tagger", help="tags and embedding; looks through a trained parser")
    _add_parser(tagger)
    _add_training(tagger, _train_tagger)
    tagger.add_argument(
        "--start", type=Path, metavar="WEIGHTS.pt|BUNDLE", help="go on from this tagger"
    )
    tagger.add_argument(
        "--rough", type=float, default=1.0, help="how roughly crops are disturbed (1); end gently"
    )
    embedding = kinds.add_parser("embedding", help="the vector alone, from a trained tagger")
    _add_parser(embedding)
    _add_training(embedding, _train_embedding)
    embedding.add_argument("--tagger", type=Path, required=True, metavar="WEIGHTS.pt")
    colors = kinds.add_parser("colors", help="what shops call a colour; looks through a parser")
    _add_parser(colors)
    colors.add_argument("--out", type=Path, required=True, metavar="FILE.json")
    _add_common(colors, _train_colors)
    colors.set_defaults(open=False)
    export = kinds.add_parser("export", help="networks to ONNX, calibrated, with a model card")
    export.add_argument("--parser", type=Path, required=True, metavar="WEIGHTS.pt")
    export.add_argument("--tagger", type=Path, required=True, metavar="WEIGHTS.pt")
    export.add_argument("--out", type=Path, required=True, metavar="BUNDLE")
    export.add_argument("--name", default="full")
    export.add_argument("--parser-size", type=int, default=320, metavar="PX")
    export.add_argument("--tagger-size", type=int, default=192, metavar="PX")
    export.add_argument("--ground", choices=("keep", "mean", "white"), default="keep")
    export.add_argument(
        "--second", type=Path, metavar="TAGGER.onnx", help="another tagger, for a second opinion"
    )
    export.add_argument("--no-mirror", action="store_true", help="look at each crop only once")
    export.add_argument("--notes", type=Path, metavar="FILE", help="text for the model card")
    export.add_argument(
        "--ablations", type=Path, metavar="FILE.json", help="trials, as tables for the model card"
    )
    export.add_argument(
        "--beside", type=Path, metavar="BUNDLE", help="another bundle's scores in the model card"
    )
    export.add_argument("--no-scores", action="store_true", help="skip the measurement and card")
    _add_common(export, _export)
    _add_sets(export)
    sketch.add_train(kinds, _add_common)


def add_evaluate(
    subparsers: Subparsers[argparse.ArgumentParser],
) -> Subparsers[argparse.ArgumentParser]:
    """Add `evaluate vision`; returned is where other things to evaluate are added."""
    evaluate = subparsers.add_parser("evaluate", help="measure on held-out photos")
    what = evaluate.add_subparsers(required=True, metavar="WHAT")
    vision = what.add_parser("vision", help="the figures of a bundle")
    vision.add_argument("--bundle", type=Path, required=True, metavar="BUNDLE")
    vision.add_argument("--json", type=Path, metavar="FILE", help="write the report here too")
    vision.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="confusions, worst mistakes and per-class tables as pictures and CSV",
    )
    vision.add_argument("--most", type=int, default=0, help="photos a set at most (0: all)")
    _add_common(vision, _evaluate)
    sketch.add_evaluate(what, _add_common)
    return what


def _add_common(command: argparse.ArgumentParser, run: Command) -> None:
    command.add_argument("--data", type=Path, required=True, help="folder of NAME.zip, NAME.csv")
    command.add_argument("--cache", type=Path, required=True, help="folder for decoded photos")
    command.add_argument("--threads", type=int, default=2)
    command.set_defaults(run=lambda args: _guarded(run, args))


def _add_sets(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--open", action="store_true", help="only what is free for any purpose: phone and drawn"
    )
    command.add_argument("--kfashion", type=Path, metavar="DIR", help="AI Hub's K-Fashion too")


def _add_parser(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--parser", type=Path, required=True, metavar="WEIGHTS.pt|BUNDLE", help="a trained parser"
    )


def _add_training(command: argparse.ArgumentParser, run: Command) -> None:
    command.add_argument("--weights", type=Path, required=True, help="MobileNetV2 as .npz")
    command.add_argument(
        "--run", dest="folder", type=Path, required=True, help="folder; continues what is in it"
    )
    command.add_argument("--minutes", type=float, help="end after so long, whatever the steps")
    command.add_argument("--steps", type=int)
    command.add_argument("--seed", type=int, default=1)
    command.add_argument(
        "--frozen",
        type=int,
        default=0,
        metavar="BLOCKS",
        help="first blocks of the backbone that stay as they are: a run that goes on is faster",
    )
    _add_common(command, run)
    _add_sets(command)


def _share(text: str) -> tuple[str, float]:
    """A kind of photo with its share, from KIND=SHARE."""
    from vision.training.parser_data import KINDS

    kind, _, share = text.partition("=")
    if kind not in KINDS:
        raise argparse.ArgumentTypeError(f"no kind {kind!r}: there is {', '.join(KINDS)}")
    return kind, float(share)


def _guarded(run: Command, args: argparse.Namespace) -> int:
    """The exit status of a command; what went wrong as one sentence on standard error."""
    if torch_is_missing():
        print(ADVICE, file=sys.stderr)
        return CANNOT_START
    try:
        run(args)
    except (FileNotFoundError, ValueError, BundleError) as problem:
        print(problem, file=sys.stderr)
        return FAILED
    return DONE


def _schedule(args: argparse.Namespace, usual: Schedule) -> Schedule:
    given = {"steps": args.steps, "minutes": args.minutes}
    return dataclasses.replace(usual, **{k: v for k, v in given.items() if v is not None})


def _common(args: argparse.Namespace) -> dict[str, Any]:
    """What the configs of all trainings have in common."""
    return {
        "data": args.data,
        "cache": _cache(args),
        "weights": args.weights,
        "seed": args.seed,
        "threads": args.threads,
        "free_only": args.open,
        "kfashion": args.kfashion,
    }


def _cache(args: argparse.Namespace) -> Path:
    """Where decoded photos are kept: the open sets apart, for their parser sees them otherwise."""
    cache: Path = args.cache / "open" if args.open else args.cache
    return cache


def _look(args: argparse.Namespace, parser: Path) -> None:
    """See the sets through a parser."""
    from vision.training.sightings import sight_all
    from vision.training.tagger_sets import FREE_SETS, SETS

    names = FREE_SETS if args.open else SETS
    sight_all(parser, args.data, _cache(args), threads=args.threads, names=names)


def _train_parser(args: argparse.Namespace) -> None:
    from vision.training.parser import ParserConfig, train_parser
    from vision.training.parser_data import KINDS

    config = ParserConfig(
        **_common(args),
        frozen=args.frozen,
        start=args.start,
        self_training=args.start is not None,
        kinds=KINDS | dict(args.draw),
    )
    config = dataclasses.replace(config, schedule=_schedule(args, config.schedule))
    if args.start:
        _look(args, args.start)
    print(train_parser(config, args.folder))
    _draw_curves(args.folder)


def _draw_curves(run: Path) -> None:
    """The run's losses as a picture; a run too short to have logged two rows has none."""
    from vision.training.curves import curves, read_log

    if len(read_log(run)) > 1:
        print(curves(run))


def _tagger_config(args: argparse.Namespace) -> TaggerConfig:
    from vision.training.tagger import TaggerConfig

    config = TaggerConfig(**_common(args), frozen=args.frozen)
    return dataclasses.replace(config, schedule=_schedule(args, config.schedule))


def _train_tagger(args: argparse.Namespace) -> None:
    from vision.training.tagger import train_tagger

    _look(args, args.parser)
    config = dataclasses.replace(_tagger_config(args), start=args.start, rough=args.rough)
    print(train_tagger(config, args.folder))
    _draw_curves(args.folder)


def _train_colors(args: argparse.Namespace) -> None:
    from vision.training.colors import fit

    _look(args, args.parser)
    print(fit(args.data, args.cache, args.out))


def _train_embedding(args: argparse.Namespace) -> None:
    from vision.training.embedding import STEPS, train_embedding

    _look(args, args.parser)
    steps = args.steps or STEPS
    print(train_embedding(_tagger_config(args), args.tagger, args.folder, steps))


def _export(args: argparse.Namespace) -> None:
    from vision.training.bundling import BundlePlan, make_bundle
    from vision.training.export import Looks

    plan = BundlePlan(
        name=args.name,
        parser=args.parser,
        tagger=args.tagger,
        out=args.out,
        looks=Looks(
            parser_side=args.parser_size,
            tagger_side=args.tagger_size,
            ground=args.ground,
            mirror=not args.no_mirror,
        ),
        free_only=args.open,
        second=args.second,
        kfashion=args.kfashion,
        notes=args.notes.read_text() if args.notes else "",
        ablations=args.ablations,
        beside=args.beside,
    )
    make_bundle(plan, args.data, args.cache, threads=args.threads, with_scores=not args.no_scores)
    print(args.out)


def _evaluate(args: argparse.Namespace) -> None:
    from vision.training.evaluate import evaluate, table

    report = evaluate(
        args.bundle, args.data, args.cache, threads=args.threads, most=args.most, out=args.out
    )
    if args.json:
        args.json.write_text(json.dumps(report, indent=1) + "\n")
    print(table(report))
