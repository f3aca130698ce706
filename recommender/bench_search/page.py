"""The figures as the tables and the plot of `docs/performance.md`."""

from collections.abc import Mapping, Sequence
from pathlib import Path

START, END = "<!-- search:start -->", "<!-- search:end -->"
PLOT = Path("images", "search-bench.png")
Figures = Mapping[str, float]
Row = tuple[str, str, str]
"""What is measured, the figure's name, how it is written."""

ENDPOINT: tuple[Row, ...] = (
    ("a known photo (`image_id`), p50", "known_p50_ms", "{:.1f} ms"),
    ("… the statements that it sends, by psycopg alone", "known_sql_p50_ms", "{:.1f} ms"),
    ("… how many", "known_statements", "{:.0f}"),
    ("… endpoint ÷ SQL (≤ 2.0)", "known_of_sql", "{:.2f}"),
    ("an uploaded photo, p50", "upload_p50_ms", "{:.0f} ms"),
    ("… decode + inference + SQL", "upload_work_p50_ms", "{:.0f} ms"),
    ("… endpoint ÷ these (≤ 1.3)", "upload_of_work", "{:.2f}"),
)
CROWD: tuple[Row, ...] = (
    ("the shop alone in its database, p50 in SQL", "alone_p50_ms", "{:.2f} ms"),
    ("among the others, p50 in SQL", "among_p50_ms", "{:.2f} ms"),
    ("among ÷ alone (≤ 1.2)", "among_of_alone", "{:.2f}"),
)
LOAD: tuple[Row, ...] = (
    ("searches a second", "load_searches_s", "{:.1f}"),
    ("p50", "load_p50_ms", "{:.0f} ms"),
    ("p95", "load_p95_ms", "{:.0f} ms"),
    ("errors", "load_errors", "{:.0f}"),
    ("memory of the web server at the end", "load_memory_mb", "{:.0f} MB"),
    ("… last third ÷ middle third", "load_memory_last_of_middle_third", "{:.3f}"),
)
FILTERS = {"all": "100 %", "tenth": "10 %", "hundredth": "1 %"}
RIVALS = {
    "lookus": "LookUs, exact, in Postgres with its two locks",
    "faiss": "FAISS flat with a mask",
    "lancedb": "LanceDB, exact, filtered before",
    "qdrant": "Qdrant, local mode",
    "python_loop": "a Python loop, as the seed project",
}


def has_marks(page: Path) -> bool:
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    return START in text and END in text


def write_page(figures: Figures, page: Path) -> None:
    """Put the tables between the page's marks, and the plot beside the page."""
    text = page.read_text(encoding="utf-8")
    before, after = text.split(START)[0], text.split(END)[1]
    shown = tables(figures)
    if _named(figures, RIVALS):
        plot(figures, page.parent / PLOT)
        shown += f"\n\n![Milliseconds of each at the three filters]({PLOT.as_posix()})"
    page.write_text(f"{before}{START}\n{shown}\n{END}{after}", encoding="utf-8")


def tables(figures: Figures) -> str:
    products = {name: _count(figures.get(f"{name}_products")) for name in ("small", "large")}
    parts = [
        _plain(f"the endpoint, a shop of {products['small']} products", ENDPOINT, figures),
        *(
            _sizes(f"candidates, {products[name]} products, {way}", name, figures)
            for name, way in (("small", "exact"), ("large", "its own HNSW index"))
        ),
        _plain(
            f"a shop of {_count(figures.get('one_products'))} products among"
            f" {_count(figures.get('others'))} shops of as many",
            CROWD,
            figures,
        ),
        _rivals(products["small"], figures),
        _plain(
            f"{_count(figures.get('load_clients'))} shoppers at once for"
            f" {_count(figures.get('load_seconds'))} s",
            LOAD,
            figures,
        ),
    ]
    return "\n\n".join(part for part in parts if part)


def plot(figures: Figures, path: Path) -> None:
    from matplotlib.figure import Figure  # noqa: PLC0415  only the extras bring it

    figure = Figure(figsize=(8, 3.6), layout="constrained")
    axes = figure.subplots()
    names = _named(figures, RIVALS)
    width = 0.8 / len(FILTERS)
    for at, (filter_, label) in enumerate(FILTERS.items()):
        axes.bar(
            [place + at * width for place in range(len(names))],
            [figures[f"{name}_{filter_}_p50_ms"] for name in names],
            width,
            label=label,
        )
    axes.set_xticks(
        [place + width for place in range(len(names))], [name.replace("_", " ") for name in names]
    )
    axes.set_yscale("log")
    axes.set_ylabel("milliseconds, median")
    axes.legend(title="garments that pass")
    path.parent.mkdir(exist_ok=True)
    figure.savefig(path, dpi=110)


def _named(figures: Figures, names: Mapping[str, str]) -> list[str]:
    return [name for name in names if f"{name}_all_p50_ms" in figures]


def _plain(title: str, rows: Sequence[Row], figures: Figures) -> str:
    known = [(label, shape.format(figures[name])) for label, name, shape in rows if name in figures]
    return _table((title, ""), known) if known else ""


def _sizes(title: str, size: str, figures: Figures) -> str:
    rows = [
        (
            f"{label} pass",
            f"{figures[f'{size}_{name}_recall']:.3f}",
            "always" if figures[f"{size}_{name}_whole"] else "no",
            f"{figures[f'{size}_{name}_p50_ms']:.1f} ms",
            f"{figures[f'{size}_{name}_p95_ms']:.1f} ms",
        )
        for name, label in FILTERS.items()
        if f"{size}_{name}_recall" in figures
    ]
    return _table((title, "recall@10", "min(k, eligible) rows", "p50", "p95"), rows) if rows else ""


def _rivals(products: str, figures: Figures) -> str:
    rows = []
    for name in _named(figures, RIVALS):
        cells = [RIVALS[name]]
        for filter_ in FILTERS:
            spent = figures[f"{name}_{filter_}_p50_ms"]
            cells.append(f"{spent:.1f} ms · {figures[f'{name}_{filter_}_recall']:.2f}")
        rows.append(tuple(cells))
    heads = (f"the nearest 300 of {products}", *(f"{one} pass" for one in FILTERS.values()))
    return _table(heads, rows) if rows else ""


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _count(number: float | None) -> str:
    return "–" if number is None else f"{number:,.0f}"
