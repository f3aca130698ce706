"""`lookus billing …`: what the payment provider needs, and whether its books agree with ours."""

import argparse

from lookus.cli.manage import django_run


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("billing", help="the payment provider's account and books")
    what = parser.add_subparsers(metavar="WHAT", required=True)
    for name, about in (
        ("stripe-setup", "make plans, prices, meters and taxes in the Stripe account"),
        ("reconcile", "list where the provider's books differ from ours"),
    ):
        # Its options are the Django command's own: none is looked for here.
        one = what.add_parser(name, help=about, add_help=False, prefix_chars="\0")
        one.add_argument("words", nargs=argparse.REMAINDER)
        one.set_defaults(run=run, what=name)


def run(options: argparse.Namespace) -> int:
    return django_run("billing", options.what, *options.words)
