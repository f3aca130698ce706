"""The figures as the tables of ``docs/performance.md``."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

START, END = "<!-- vision:start -->", "<!-- vision:end -->"
WAYS = ("dynamic", "static")
"""To 8 bits: ``dynamic`` finds the activations' range at each run, ``static`` once, on photos."""
Figures = Mapping[str, Any]
Row = tuple[str, str, str]
"""What is measured, the figure's name, how it is written."""

SPEED: tuple[Row, ...] = (
    ("analyze, bytes to tags (≤ 80)", "analyze_ms", "{:.1f} ms"),
    ("… the processor's time", "analyze_cpu_ms", "{:.1f} ms"),
    ("… decode", "decode_ms", "{:.1f} ms"),
    ("… find garments", "parse_ms", "{:.1f} ms"),
    ("… … the parser network", "parser_network_ms", "{:.1f} ms"),
    ("… tag and embed", "tag_ms", "{:.1f} ms"),
    ("… … the tagger network", "tagger_network_ms", "{:.1f} ms"),
    ("… colours", "color_ms", "{:.1f} ms"),
    ("pipeline, batches of 8", "pipeline_photos_s", "{:.1f} photos/s"),
    ("bare networks, the same batches", "networks_photos_s", "{:.1f} photos/s"),
    ("pipeline ÷ networks (≥ 0.6)", "ratio", "{:.2f}"),
    ("peak after 5,000 photos ÷ after 500 (≤ 1.1)", "memory_ratio", "{:.3f}"),
)
DECODERS: tuple[Row, ...] = (
    ("1000×1000, ours (Pillow)", "jpeg_small_ours_ms", "{:.1f} ms"),
    ("1000×1000, OpenCV", "jpeg_small_opencv_ms", "{:.1f} ms"),
    ("12 megapixels to 1600, ours (Pillow's draft mode)", "jpeg_phone_ours_ms", "{:.0f} ms"),
    ("600×800, ours, in its own process ÷ in this one", "decode_product_there_of_here", "{:.2f}"),
    ("12 megapixels, the same", "decode_phone_there_of_here", "{:.2f}"),
    ("12 megapixels to 1600, Pillow in full", "jpeg_phone_full_ms", "{:.0f} ms"),
    ("12 megapixels to 1600, OpenCV in full", "jpeg_phone_opencv_ms", "{:.0f} ms"),
    ("12 megapixels to 1600, OpenCV reduced", "jpeg_phone_opencv_reduced_ms", "{:.0f} ms"),
)
EIGHT_BITS: tuple[Row, ...] = (
    ("analyze, times as fast", "analyze_speed", "{:.2f}"),
    ("parser, times as fast", "parser_speed", "{:.2f}"),
    ("tagger, times as fast", "tagger_speed", "{:.2f}"),
    ("size", "mb", "{:.1f} MB"),
    ("same category as in 32 bits", "category_same", "{:.3f}"),
    ("same pattern as in 32 bits", "pattern_same", "{:.3f}"),
    ("category as labelled", "category_right", "{:.3f}"),
    ("cosine to the 32-bit embedding", "cosine", "{:.3f}"),
    ("… of the worst tenth", "cosine_worst_tenth", "{:.3f}"),
    ("IoU with the 32-bit mask", "mask_iou", "{:.3f}"),
)


def has_marks(page: Path) -> bool:
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    return START in text and END in text


def write_tables(figures: Figures, page: Path) -> None:
    """Put the tables between the page's marks."""
    text = page.read_text(encoding="utf-8")
    before, after = text.split(START)[0], text.split(END)[1]
    page.write_text(f"{before}{START}\n{tables(figures)}\n{END}{after}", encoding="utf-8")


def tables(figures: Figures) -> str:
    """Markdown; what was not measured is left out."""
    head = f"Bundle `{figures['bundle']}` {figures['revision']}, {figures['machine']}, one thread."
    parts = [head, _plain("a photo of 1000×1000", SPEED, figures)]
    parts.append(_plain("a JPEG's bytes to pixels", DECODERS, figures))
    if "fp32_mb" in figures:
        parts.append(_eight_bits(figures))
    return "\n\n".join(parts)


def _plain(title: str, rows: Sequence[Row], figures: Figures) -> str:
    lines = [f"| {title} | |", "|---|---:|"]
    lines += [
        f"| {what} | {how.format(figures[name])} |" for what, name, how in rows if name in figures
    ]
    return "\n".join(lines)


def _eight_bits(figures: Figures) -> str:
    title = f"8 bits beside 32, {figures['int8_photos']} held-out photos"
    lines = [f"| {title} | 32 bits | {' | '.join(WAYS)} |", "|---|---:|" + "---:|" * len(WAYS)]
    for what, name, how in EIGHT_BITS:
        columns = [f"fp32_{name}", *(f"int8_{way}_{name}" for way in WAYS)]
        cells = [how.format(figures[at]) if at in figures else "" for at in columns]
        if any(cells):
            lines.append(f"| {what} | {' | '.join(cells)} |")
    return "\n".join(lines)
