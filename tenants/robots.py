"""Programs that read pages and are no shoppers, known by what they call themselves."""

import re

from rest_framework.request import Request

from tenants.auth import key_of
from tenants.models import ApiKey

# "cubot" is a maker of telephones.
_NAMED = re.compile(
    r"(?<!cu)bot(\b|s\b|_)|crawl|spider|slurp|scrap|headless|lighthouse|pagespeed|pingdom"
    r"|uptime|monitor|facebookexternalhit|embedly|archiver|phantomjs|puppeteer|playwright|selenium"
    r"|mediapartners|google-inspectiontool|yeti/|daumoa",
    re.IGNORECASE,
)


def is_robot(user_agent: str) -> bool:
    """Whether a User-Agent says so. One that lies is not known here: the rate limit holds it."""
    return bool(_NAMED.search(user_agent))


def by_robot(request: Request) -> bool:
    """Whether a page is read by a robot: a server calls with a secret key, and as what it likes."""
    agent = request.headers.get("User-Agent", "")
    return key_of(request).kind != ApiKey.Kind.SECRET and is_robot(agent)
