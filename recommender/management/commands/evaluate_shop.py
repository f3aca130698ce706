"""`lookus evaluate shop SLUG`: how well the shop's own search does, before and after a change."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.selectors import live_revision
from recommender.models import QualityRun
from recommender.quality.services import quality_measure
from recommender.rank import DEFAULT_WEIGHTS, PARTS, NothingWeighed, Weights
from tenants.models import Shop

SIDES = ("before", "after")


class Command(BaseCommand):
    help = (
        "Ask a shop's search its own questions: second photos of its products, and tags that a "
        "person has reviewed. Exit status 1 where the search became worse."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SHOP", help="the shop's slug")
        parser.add_argument("--revision", default="", help="a bundle's revision (the live one)")
        parser.add_argument("--against", default="", help="another revision to stand beside")
        parser.add_argument(
            "--weights",
            nargs="+",
            default=[],
            metavar="PART=NUMBER",
            help=f"beside today's weights; parts are {', '.join(PARTS)}",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        shop = Shop.objects.filter(slug=options["slug"]).first()
        if shop is None:
            raise CommandError(f"there is no shop {options['slug']!r}")
        kept = quality_measure(
            shop=shop,
            revision=options["revision"] or live_revision(shop),
            against=options["against"],
            weights=_weights(options["weights"]),
            reason="weights" if options["weights"] else "asked",
        )
        told = _told(kept)
        self.stdout.write(json.dumps(told) if options["json"] else _read(told))
        if kept.verdict == QualityRun.Verdict.WORSE:
            sys.exit(1)


def _weights(words: list[str]) -> Weights:
    """Raises CommandError, naming the part that is wrong."""
    if not words:
        return DEFAULT_WEIGHTS
    said = {}
    for word in words:
        name, _, number = word.partition("=")
        if name not in PARTS:
            raise CommandError(f"--weights: no part {name!r}: there are {', '.join(PARTS)}")
        try:
            said[name] = float(number)
        except ValueError:
            raise CommandError(f"--weights: {name} needs a number, not {number!r}") from None
        if not 0 <= said[name] < float("inf"):
            raise CommandError(f"--weights: {name} is {number}: give a number from 0")
    try:
        return Weights.of(said)
    except NothingWeighed:
        raise CommandError("--weights sum to nothing: give one of them more than 0") from None


def _told(kept: QualityRun) -> dict[str, Any]:
    sides = {side: kept.figures[side] for side in SIDES if side in kept.figures}
    return {
        "revision": kept.revision,
        "against": kept.against,
        "verdict": str(kept.verdict),
        **sides,
    }


def _read(told: dict[str, Any]) -> str:
    against = f" against {told['against']}" if told["against"] else ""
    lines = [f"revision {told['revision']}{against}"]
    for side in SIDES:
        if figures := told.get(side):
            found = "  ".join(f"@{depth} {_number(r)}" for depth, r in figures["recall"].items())
            lines.append(f"{side:<6}  {figures['photos']} second photos, recall {found}")
            lines.append(
                f"        {figures['tags']} reviewed tags, agreement "
                f"{_number(figures['agreement'])}"
            )
            lines += [
                f"          {kind}: {right} of {asked}"
                for kind, (right, asked) in figures["by_kind"].items()
            ]
    return "\n".join([*lines, f"verdict: {told['verdict']}"])


def _number(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"
