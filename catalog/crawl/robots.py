"""What a site allows us, and how fast (RFC 9309)."""

import io

from protego import Protego

from tenants.fetch_file import AnswerFailed, bot, fetch_to

AGENT = "LookUsBot"
# A crawler need not read more (RFC 9309, section 2.5).
MAX_BYTES = 500 * 1024
SECONDS = 10


def robots_fetch(origin: str) -> str:
    """The site's robots.txt; empty where it has none, which allows everything.

    Raises FetchError where the site cannot be asked: then nothing is allowed.
    """
    out = io.BytesIO()
    try:
        fetch_to(
            f"{origin}/robots.txt",
            to=out,
            max_bytes=MAX_BYTES,
            seconds=SECONDS,
            beginning=True,
            headers={"User-Agent": bot()},
        )
    except AnswerFailed as failed:
        if 400 <= failed.status < 500 and failed.status != 429:
            return ""
        raise
    return out.getvalue().decode("utf-8", "replace").replace("\0", "")


class Rules:
    """The rules for us."""

    def __init__(self, text: str) -> None:
        self._rules = Protego.parse(text)

    def allows(self, url: str) -> bool:
        return bool(self._rules.can_fetch(url, AGENT))

    def pause(self, least: float) -> float:
        """Seconds between two requests: the site's wish, or ours where it is longer."""
        wished = self._rules.crawl_delay(AGENT) or 0
        rate = self._rules.request_rate(AGENT)
        if rate is not None and rate.requests:
            wished = max(wished, rate.seconds / rate.requests)
        return max(least, float(wished))

    @property
    def sitemaps(self) -> list[str]:
        return list(self._rules.sitemaps)
