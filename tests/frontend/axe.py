"""axe-core in a page: what breaks WCAG 2.2 AA; what is only best practice is printed."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
OPTIONS = {
    "runOnly": {"type": "tag", "values": [*WCAG, "best-practice"]},
    # 2.5.8: axe leaves it off until it is asked for.
    "rules": {"target-size": {"enabled": True}, "color-contrast": {"enabled": True}},
    "resultTypes": ["violations", "passes"],
}
COLORS = {
    "runOnly": {"type": "rule", "values": ["color-contrast"]},
    "resultTypes": OPTIONS["resultTypes"],
}
AXE = Axe()


def wcag_violations(page: Page, *, colors_only: bool = False) -> list[str]:
    """A line for each place, open shadow roots looked into.

    The browser lets a debugger in where the page's policy lets in nobody.
    """
    response = AXE.run(page, options=COLORS if colors_only else OPTIONS).response
    measured = {rule["id"] for rule in response["passes"]}
    asked = {"color-contrast"} if colors_only else {"color-contrast", "target-size"}
    assert measured >= asked, "axe has seen nothing"
    broken = []
    for rule in response["violations"]:
        places = [f"{rule['id']}: {_place(node)}" for node in rule["nodes"]]
        if set(WCAG) & set(rule["tags"]):
            broken += places
        else:
            print(*places, sep="\n")  # noqa: T201 what pytest shows with -rP
    return broken


def _place(node: dict) -> str:
    target = " ".join(str(part) for part in node["target"])
    said = [one["message"] for kind in ("any", "all", "none") for one in node[kind]]
    return f"{target} {node['html'][:160]} {'; '.join(said)}"
