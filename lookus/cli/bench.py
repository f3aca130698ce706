"""`lookus bench [--json] NAME [options of its own]`: benchmarks by name.

A benchmark is a function that returns a dict of figures; it is given the words after its name,
if there are any. Its module is imported only when it is asked for.
"""

import argparse
import json

from lookus.cli import UserError, load

BENCHMARKS = {
    "search-http": "recommender.bench:bench_search",
    "vision": "vision.bench:bench_vision",
}


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("bench", help="measure how fast LookUs is here")
    parser.add_argument("name", metavar="NAME", help=f"one of: {', '.join(BENCHMARKS)}")
    parser.add_argument("--json", action="store_true", help="figures as one JSON object")
    parser.add_argument("words", nargs=argparse.REMAINDER, help="options of the benchmark")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    if options.name not in BENCHMARKS:
        raise UserError(f"no benchmark {options.name!r}: there is {', '.join(BENCHMARKS)}")
    words = [word for word in options.words if word != "--json"]
    figures = load(BENCHMARKS[options.name])(*([words] if words else []))
    assert isinstance(figures, dict)
    if options.json or words != options.words:
        print(json.dumps(figures))
        return
    width = max(map(len, figures), default=0)
    for name, value in figures.items():
        shown = f"{value:,.3f}" if isinstance(value, float) else value
        print(f"{name:<{width}}  {shown}")
