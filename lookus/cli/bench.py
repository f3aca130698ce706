"""`lookus bench NAME [--json]`: benchmarks by name.

A benchmark is a function without required arguments that returns a dict of figures. Its module is
imported only when it is asked for.
"""

import argparse
import json

from lookus.cli import UserError, load

BENCHMARKS = {
    "vision": "vision.bench:bench_vision",
}


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("bench", help="measure how fast LookUs is here")
    parser.add_argument("name", metavar="NAME", help=f"one of: {', '.join(BENCHMARKS)}")
    parser.add_argument("--json", action="store_true", help="figures as one JSON object")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    if options.name not in BENCHMARKS:
        raise UserError(f"no benchmark {options.name!r}: there is {', '.join(BENCHMARKS)}")
    figures = load(BENCHMARKS[options.name])()
    assert isinstance(figures, dict)
    if options.json:
        print(json.dumps(figures))
        return
    width = max(map(len, figures), default=0)
    for name, value in figures.items():
        shown = f"{value:,.3f}" if isinstance(value, float) else value
        print(f"{name:<{width}}  {shown}")
