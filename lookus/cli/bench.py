"""`lookus bench NAME [--json] [options of the benchmark]`: benchmarks by name.

A benchmark is a function that returns a dict of figures. One that has options of its own takes
them as `args`, the words after its name. Its module is imported only when it is asked for.
"""

import argparse
import inspect
import json

from lookus.cli import UserError, load

BENCHMARKS = {
    "analytics": "lookus.cli.bench_analytics:bench_analytics",
    "vision": "vision.bench:bench_vision",
    "desk": "lookus.cli.bench_desk:bench_desk",
    "search": "lookus.cli.bench_search:bench_search",
    "search-http": "recommender.bench:bench_search",
    "flood": "lookus.cli.bench_flood:bench_flood",
    "import": "lookus.cli.bench_import:bench_import",
    "relevance": "lookus.cli.bench_relevance:bench_relevance",
    "memory": "lookus.cli.bench_memory:bench_memory",
    "map": "lookus.cli.bench_map:bench_map",
    "migrate": "lookus.cli.bench_migrate:bench_migrate",
    "rounds": "lookus.cli.bench_rounds:bench_rounds",
    "size": "lookus.cli.bench_size:bench_size",
    "storefront": "lookus.cli.bench_storefront:bench_storefront",
    "seed": "vision.training.seed.bench:bench_seed",
    "sketch": "lookus.cli.bench_sketch:bench_sketch",
}
AS_JSON = "--json"


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "bench",
        help="measure how fast LookUs is here",
        usage=f"lookus bench NAME [{AS_JSON}] [options of the benchmark]",
        epilog=f"NAME is one of: {', '.join(BENCHMARKS)}. {AS_JSON} prints one JSON object.",
    )
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("words", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    if options.name not in BENCHMARKS:
        raise UserError(f"no benchmark {options.name!r}: there is {', '.join(BENCHMARKS)}")
    words = [word for word in options.words if word != AS_JSON]
    benchmark = load(BENCHMARKS[options.name])
    if "args" in inspect.signature(benchmark).parameters:
        figures = benchmark(args=words)
    elif words:
        raise UserError(f"the benchmark {options.name} has no options: {' '.join(words)}")
    else:
        figures = benchmark()
    assert isinstance(figures, dict)
    if AS_JSON in options.words:
        print(json.dumps(figures))
        return
    width = max(map(len, figures), default=0)
    for name, value in figures.items():
        shown = f"{value:,.3f}" if isinstance(value, float) else value
        print(f"{name:<{width}}  {shown}")
