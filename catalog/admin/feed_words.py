"""What became of a feed, as people read it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# By Feed.last_code: what happened, and its tone. The English detail stands behind it.
RESULTS: dict[str, tuple[Any, str]] = {
    "": (_("Not fetched yet"), ""),
    "started": (_("Fetched"), "good"),
    "unchanged": (_("Nothing new"), "good"),
    "columns": (_("What do the columns mean?"), "warn"),
    "login": (_("The address asks for a login."), "bad"),
    "not_found": (_("There is nothing at this address."), "bad"),
    "status": (_("The server answered with an error."), "bad"),
    "url_refused": (_("This address is never called."), "bad"),
    "url_failed": (_("The file did not come."), "bad"),
    "is_html": (_("A web page came instead of a feed."), "bad"),
    "is_sitemap": (_("This is a sitemap: add it anew."), "bad"),
    "not_a_feed": (_("This is no feed that LookUs can read."), "bad"),
    "empty": (_("The file is empty."), "bad"),
    "bomb": (_("The packed file is far too large."), "bad"),
    "damaged": (_("The packed file is damaged."), "bad"),
    "run_failed": (_("The file could not be read."), "bad"),
    "refused": (_("The file was not taken."), "bad"),
    "worker": (_("It ended again and again."), "bad"),
    "robots": (_("The site's robots.txt does not allow it."), "bad"),
    "no_sitemap": (_("The site has no sitemap."), "bad"),
    "no_products": (_("No page carries a product."), "bad"),
    "pages_failed": (_("No page could be read."), "bad"),
}
EVERY: list[tuple[int, Any]] = [
    (1, _("every hour")),
    (3, _("every 3 hours")),
    (6, _("every 6 hours")),
    (12, _("every 12 hours")),
    (24, _("every day")),
    (168, _("every week")),
]


def result_of(code: str) -> tuple[Any, str]:
    return RESULTS.get(code, RESULTS["url_failed"])
