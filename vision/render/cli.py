"""`lookus render`: garments as photos in a folder, with their labels."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from PIL import Image

from vision.render.compose import render
from vision.render.designs import DESIGNS
from vision.render.plausible import random_spec
from vision.render.spec import VIEWS, Rendered

JPEG_QUALITY = 92


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `render` to a command line."""
    parser = subparsers.add_parser("render", help="draw garments as photos with exact labels")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to fill")
    parser.add_argument("--count", type=_positive, default=24, metavar="N", help="photos to draw")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="same seed, same photos")
    parser.add_argument("--category", choices=sorted(DESIGNS), help="draw only this category")
    parser.add_argument("--view", choices=VIEWS, help="draw only this kind of photo")
    parser.add_argument("--width", type=_positive, default=600, help="pixels (default 600)")
    parser.add_argument("--height", type=_positive, default=800, help="pixels (default 800)")
    parser.add_argument("--labels", action="store_true", help="write labels.jsonl")
    parser.add_argument("--masks", action="store_true", help="write a mask PNG beside each photo")
    parser.set_defaults(run=run)


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{value} is not a positive number")
    return value


def run(args: argparse.Namespace) -> int:
    """Draw the photos; returns the exit status."""
    args.out.mkdir(parents=True, exist_ok=True)
    fixed = {k: v for k in ("category", "view") if (v := getattr(args, k)) is not None}
    rows = []
    for index in range(args.count):
        rng = np.random.default_rng([args.seed, index])
        photo = render(random_spec(rng, **fixed), width=args.width, height=args.height)
        name = f"{index:05d}-{photo.spec.category}.jpg"
        Image.fromarray(photo.image).save(args.out / name, quality=JPEG_QUALITY)
        if args.masks:
            mask = Image.fromarray(photo.mask.astype(np.uint8) * 255)
            mask.save((args.out / name).with_suffix(".png"))
        rows.append(_row(name, photo))
    if args.labels:
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        (args.out / "labels.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{args.count} photos in {args.out}")
    return 0


def _row(name: str, photo: Rendered) -> dict[str, object]:
    return {
        "file": name,
        "box": list(photo.box),
        "labels": photo.labels,
        "view": photo.spec.view,
        "seed": photo.spec.seed,
    }
