"""The `lookus` command. Each command's code is imported only when it is asked for."""

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NamedTuple

USER_ERROR = 2
INTERRUPTED = 130


class UserError(Exception):
    """What the person at the terminal can mend: printed as one sentence, without a traceback."""


class Command(NamedTuple):
    """`adder` names a function that adds the command, and perhaps its sisters, to subparsers.

    Each parser it adds sets the default `run`: a function of the parsed arguments that returns
    an exit status or None.
    """

    help: str
    adder: str


COMMANDS = {
    "up": Command("start everything here: database, web, worker, clock", "lookus.cli.up:add"),
    "demo": Command("`up` with two filled shops, ready to search", "lookus.cli.demo:add"),
    "web": Command("only the web server", "lookus.cli.commands:add_web"),
    "worker": Command("only a worker for jobs", "lookus.cli.commands:add_worker"),
    "clock": Command("only the clock of repeated jobs", "lookus.cli.commands:add_clock"),
    "manage": Command("Django's commands on this home's database", "lookus.cli.manage:add"),
    "doctor": Command("say what is wrong with this installation", "lookus.cli.doctor:add"),
    "tag": Command("garments, tags and colours of photos", "vision.cli:add_commands"),
    "embed": Command("the vectors of photos", "vision.cli:add_commands"),
    "parse": Command("the regions of photos", "vision.cli:add_commands"),
    "render": Command("draw garments with exact labels", "vision.render.cli:add_commands"),
    "train": Command("train the networks of a bundle", "vision.training.cli:add_commands"),
    "evaluate": Command("measure a bundle, or a shop's own search", "lookus.cli.evaluate:add"),
    "billing": Command("the payment provider's account and books", "lookus.cli.billing:add"),
    "ledger": Command("compare the ledger with its sums, correct it", "lookus.cli.ledger:add"),
    "distribute": Command("spread the tables over a Citus cluster", "lookus.cli.distribute:add"),
    "backup": Command("back up everything here, or one shop", "lookus.cli.backup:add_backup"),
    "restore": Command("bring a backup back", "lookus.cli.backup:add_restore"),
    "bench": Command("measure how fast LookUs is here", "lookus.cli.bench:add"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the value is the process' exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        options = parser_for(words).parse_args(words)
        return options.run(options) or 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except Exception as error:
        if not is_users(error):
            raise
        print(f"lookus: {error}", file=sys.stderr)
        return USER_ERROR


def parser_for(words: Sequence[str]) -> argparse.ArgumentParser:
    """A parser that knows the command which `words` begin with, and the names of the others."""
    parser = argparse.ArgumentParser(
        prog="lookus", description="Visual search for every fashion shop."
    )
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    if words and words[0] in COMMANDS:
        load(COMMANDS[words[0]].adder)(subparsers)
    else:
        for name, command in COMMANDS.items():
            subparsers.add_parser(name, help=command.help)
    return parser


def load(dotted: str) -> Callable[..., object]:
    """The function that `package.module:name` names.

    Raises:
        UserError: the module needs a package that is not installed.
    """
    module, name = dotted.split(":")
    try:
        function: Callable[..., object] = getattr(import_module(module), name)
    except ModuleNotFoundError as error:
        ours = (error.name or "").split(".")[0] in ("lookus", "vision")
        if ours:
            raise
        raise UserError(
            f"this command needs the package {error.name}: "
            "pip install -r requirements/test.txt, or 'make test' in a checkout"
        ) from error
    return function


def is_users(error: Exception) -> bool:
    """Whether an exception is about what the user gave, and not a fault of ours."""
    kinds: list[type[Exception]] = [UserError, FileNotFoundError, NotADirectoryError]
    for module, name in (
        ("lookus.embedded", "EmbeddedError"),
        ("lookus.processes", "HomeBusy"),
        ("vision.errors", "ImageRejected"),
        ("vision.errors", "BundleError"),
        ("django.core.exceptions", "ImproperlyConfigured"),
    ):
        # Only a module that is loaded can have raised it.
        if module in sys.modules:
            kinds.append(getattr(sys.modules[module], name))
    return isinstance(error, tuple(kinds)) or type(error) is PermissionError
