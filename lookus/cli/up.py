"""`lookus up`: everything on this machine, until Ctrl-C."""

import argparse

from lookus.cli.commands import add_address
from lookus.cli.environment import home_folder
from lookus.cli.stack import Stack, interruptible


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("up", help="start everything here: database, web, worker, clock")
    add_address(parser)
    parser.set_defaults(run=run)


def say(sentence: str) -> None:
    print(sentence, flush=True)


def run(options: argparse.Namespace) -> None:
    with interruptible():
        try:
            with Stack(home_folder(), options.host, options.port, say) as stack:
                stack.start()
                say(f"LookUs runs at {stack.address}; logs in {stack.home / 'logs'}")
                say("Ctrl-C ends it.")
                stack.watch()
        except KeyboardInterrupt:
            say("Ended.")
