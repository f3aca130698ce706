"""The three long-running processes, one command each: `lookus up` runs them all."""

import argparse
import os
import sys

from lookus.cli.environment import children_environment, counting_environment, home_folder

WEB_THREADS = 8
# The longest a thread may be silent; the guarded fetcher's own limits are far below.
WEB_TIMEOUT_SECONDS = 120
# Whoever sends a large file from a telephone has so long to end when the server does.
WEB_GRACE_SECONDS = 30
DEFAULT_PORT = 8000
LARGEST_PORT = 65535


def add_web(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("web", help="only the web server (gunicorn)")
    add_address(parser)
    parser.set_defaults(run=lambda options: become(web(options.host, options.port), "web"))


def add_worker(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("worker", help="only a worker for jobs (Celery)")
    parser.set_defaults(run=lambda options: become(worker(), "worker"))


def add_clock(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("clock", help="only the clock of repeated jobs (Celery beat)")
    parser.set_defaults(run=lambda options: become(clock(), "clock"))


def add_address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=port, default=DEFAULT_PORT, help="8000 unless given")


def port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= LARGEST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: use a number up to {LARGEST_PORT}")
    return int(text)


def web(host: str, port: int, *, grace: int = WEB_GRACE_SECONDS) -> list[str]:
    """WEB_PROCESSES and WEB_THREADS size it; how it ends stands in `lookus/web_server.py`."""
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return [
        sys.executable, "-m", "gunicorn", "lookus.wsgi", "--bind", bind,
        "--config", "python:lookus.web_server",
        "--worker-class", "lookus.web_server.Worker",
        "--workers", os.environ.get("WEB_PROCESSES", "1"),
        "--threads", os.environ.get("WEB_THREADS", str(WEB_THREADS)),
        "--timeout", str(WEB_TIMEOUT_SECONDS),
        "--graceful-timeout", os.environ.get("WEB_GRACE_SECONDS", str(grace)),
        "--no-control-socket", "--logger-class", "lookus.watching.gunicorn_log.WatchedLogger",
    ]  # fmt: skip


def worker() -> list[str]:
    """WORKER_PROCESSES sizes it; one works in the worker's own process and saves its memory."""
    processes = os.environ.get("WORKER_PROCESSES", "1")
    pool = ["--pool", "solo"] if processes == "1" else ["--concurrency", processes]
    # Two on one machine need two names: RabbitMQ gives the second no queue of the first's.
    name = f"lookus-{os.getpid()}@%h"
    return [
        sys.executable, "-m", "celery", "--app", "lookus.celery", "--quiet", "worker", *pool,
        "--hostname", name, "--loglevel", "INFO",
        "--without-gossip", "--without-mingle", "--without-heartbeat",
    ]  # fmt: skip


def clock() -> list[str]:
    return [
        sys.executable, "-m", "celery", "--app", "lookus.celery", "--quiet", "beat", "--pidfile=",
    ]  # fmt: skip


def become(command: list[str], name: str) -> None:
    """Replace ourselves, so that signals reach the process itself."""
    home = home_folder()
    environment = {**children_environment(home), **counting_environment(home, name)}
    os.execvpe(command[0], command, environment)  # noqa: S606
