"""`lookus up`: everything on this machine, until Ctrl-C."""

import argparse

from lookus.cli.environment import home_folder
from lookus.cli.stack import Stack, interruptible

DEFAULT_PORT = 8000
LARGEST_PORT = 65535


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("up", help="start everything here: database, web, worker, clock")
    add_address(parser)
    parser.set_defaults(run=run)


def add_address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=port, default=DEFAULT_PORT, help="8000 unless given")


def port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= LARGEST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: use a number up to {LARGEST_PORT}")
    return int(text)


def say(sentence: str) -> None:
    print(sentence, flush=True)


def run(options: argparse.Namespace) -> None:
    with interruptible():
        try:
            with Stack(home_folder(), options.host, options.port, say) as stack:
                say(f"Starting on {stack.home} …")
                stack.start()
                say(f"LookUs runs at {stack.address}; logs in {stack.home / 'logs'}")
                say("Ctrl-C ends it.")
                stack.watch()
        except KeyboardInterrupt:
            say("Ended.")
