"""What speaks to other machines does so by the guarded fetcher, or stands here with its reason.

Read from the source: a file that imports a library of the network and has no line below fails.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = (
    "analytics", "billing", "catalog", "frontend", "lookus", "recommender", "tenants", "vision",
)  # fmt: skip
NETWORK = (
    "aiohttp", "boto3", "botocore", "ftplib", "http.client", "httpx", "imaplib", "paramiko",
    "poplib", "pycurl", "requests", "smtplib", "socket", "ssl", "stripe", "telnetlib",
    "urllib.request", "urllib3", "websocket", "websockets", "xmlrpc",
)  # fmt: skip
# Readers of XML and pages that may load what a document names. What of them is used loads nothing.
LOADING = ("feedparser", "lxml", "rdflib", "xml.sax", "xml.dom", "xml.etree", "html5lib", "extruct")

WAYS = ("tenants.fetch.fetch", "tenants.fetch.post", "tenants.fetch_file.fetch_to")

FETCHER = "the guarded fetcher itself"
OPERATORS = "an address that the operator set"
OURS = "this machine, or the one that a bench is told"
MAY = {
    "tenants/fetch.py": FETCHER,
    "tenants/fetch_file.py": FETCHER,
    "tenants/addresses.py": FETCHER,
    "billing/providers/stripe/client.py": OPERATORS,
    "billing/providers/stripe/webhooks.py": OPERATORS,
    "tenants/storage_s3.py": OPERATORS,
    "lookus/web_server.py": OURS,
    "lookus/watching/queue.py": OURS,
    # A pair of sockets to a child of one's own.
    "vision/decode/": OURS,
    "lookus/cli/stack.py": OURS,
    "lookus/memory_bench.py": OURS,
    "recommender/bench.py": OURS,
    "recommender/bench_search/": OURS,
    # Only the name of an error; the parser is defusedxml's, without documents' own definitions.
    "catalog/imports/xml.py": "ParseError",
    "catalog/crawl/sitemaps.py": "ParseError",
    # JSON-LD and microdata of a page that the fetcher brought; what loads contexts is not used.
    "catalog/crawl/products.py": "extruct",
}
# Of what an outside address is made of, the ways in: each is given the address by a stranger.
CALLERS = {
    "catalog/services/photo_sight.py", "catalog/api/imports.py", "recommender/sources.py",
    "tenants/snippet.py", "tenants/webhooks/sending.py", "catalog/services/feeds/fetching.py",
    "catalog/services/feeds/trying.py", "catalog/services/feeds/crawling.py",
    "catalog/crawl/robots.py",
}  # fmt: skip


def modules(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


@cache
def imports() -> dict[str, set[str]]:
    """Of each file of the product that could import any of the names above, what it imports."""
    named = re.compile(
        "|".join(re.escape(one.split(".")[0]) for one in (*NETWORK, *LOADING, *WAYS))
    )
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    texts = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for path in files
        if "node_modules" not in path.parts
    }
    return {
        path: set(modules(ast.parse(text))) for path, text in texts.items() if named.search(text)
    }


def importers(names: tuple[str, ...]) -> dict[str, set[str]]:
    def wanted(module: str) -> bool:
        return any(module == one or module.startswith(f"{one}.") for one in names)

    found = {path: {one for one in told if wanted(one)} for path, told in imports().items()}
    return {path: told for path, told in found.items() if told}


def line_of(path: str) -> str:
    """Of a file its line above, or its folder's; empty where there is none."""
    lines = (one for one in MAY if path == one or (one[-1] == "/" and path.startswith(one)))
    return next(lines, "")


def test_nobody_else_speaks_to_the_network() -> None:
    found = importers((*NETWORK, *LOADING))
    assert {path: names for path, names in found.items() if not line_of(path)} == {}


def test_no_line_above_is_left_over() -> None:
    found = importers((*NETWORK, *LOADING))
    assert set(MAY) - {line_of(path) for path in found} == set()


def test_every_address_of_a_stranger_goes_to_the_fetcher() -> None:
    assert set(importers(WAYS)) == CALLERS


def test_pages_are_read_without_the_parsers_that_load_more() -> None:
    from catalog.crawl.products import SYNTAXES

    assert set(SYNTAXES) == {"json-ld", "microdata"}
