"""`lookus demo`: everything on this machine with two filled shops, until Ctrl-C.

`manage.py demo_seed [--photos DIR] [--products N]` fills the shops, or leaves them as they are,
and ends its output with one line of JSON:

    {"storefront": URL, "styles": URL, "admin": URL, "email": …, "password": …, "curl": …,
     "mall_key": …, "shops": [{"name", "slug", "storefront", "publishable_key", "secret_key"}]}

That line is kept in the home (`demo.json`), for its owner's eyes.
"""

import argparse
import json
import os
from pathlib import Path
from typing import Any

from lookus.cli import UserError
from lookus.cli.commands import add_address
from lookus.cli.environment import home_folder
from lookus.cli.stack import Stack, interruptible
from lookus.cli.up import say

FACTS = "demo.json"


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("demo", help="`up` with two filled shops, ready to search")
    add_address(parser)
    parser.add_argument(
        "--photos",
        type=folder,
        metavar="DIR",
        help="your photos instead of drawn ones: a sub-folder is a shop or a brand, "
        "and products.csv may give titles and prices",
    )
    parser.add_argument("--products", type=count, metavar="N", help="drawn products a shop")
    parser.set_defaults(run=run)


def count(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of products")
    return int(text)


def folder(text: str) -> Path:
    path = Path(text).expanduser().absolute()
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"{text} is no folder")
    return path


def run(options: argparse.Namespace) -> None:
    with interruptible():
        try:
            with Stack(home_folder(), options.host, options.port, say) as stack:
                stack.start()
                say("Filling the demo's shops …")
                facts = seed(stack, options)
                stack.run_django("tagging_progress")
                stack.run_django("demo_events")
                say(described(facts))
                say("Ctrl-C ends it.")
                stack.watch()
        except KeyboardInterrupt:
            say("\nEnded.")


def seed(stack: Stack, options: argparse.Namespace) -> dict[str, Any]:
    """Run the seeding beside the stack; what it says about the shops."""
    words = ["demo_seed"]
    if options.photos:
        words += ["--photos", str(options.photos)]
    if options.products:
        words += ["--products", str(options.products)]
    path = stack.home / FACTS
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as output:
        failed = stack.run_django(*words, stdout=output) != 0
        output.seek(0)
        lines = output.read().decode().strip().splitlines()
    if failed or not lines:
        raise UserError("the demo's shops could not be filled: see the lines above")
    facts: dict[str, Any] = json.loads(lines[-1])
    return facts


def described(facts: dict[str, Any]) -> str:
    """What a person needs to go on, ready to print."""
    lines = [
        "",
        "  LookUs is ready.",
        "",
        f"  Storefront   {facts['storefront']}",
        f"  Styles       {facts['styles']}",
        f"  Admin        {facts['admin']}",
        f"               {facts['email']} · {facts['password']}",
        "",
    ]
    for shop in facts["shops"]:
        lines += [
            f"  {shop['name']}   {shop['storefront']}",
            f"    publishable key   {shop['publishable_key']}",
            f"    secret key        {shop['secret_key']}",
        ]
    lines += [f"  Mall key, to discover shops by style   {facts['mall_key']}"]
    return "\n".join([*lines, "", "  Search by photo:", "", f"  {facts['curl']}", ""])
