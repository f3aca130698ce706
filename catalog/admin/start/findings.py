"""What a look at the shop's pages found, in a sentence, and what to do about it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tenants.snippet import SnippetCheck

WORDS: dict[str, tuple[Any, Any]] = {
    "no_site": (
        _("The address of your shop is not known."),
        _("Write it down in the first step."),
    ),
    "not_reachable": (
        _("Your shop could not be reached."),
        _(
            "Open the address in a browser without logging in. A page behind a password, or one "
            "that keeps robots out, cannot be checked: look for the lens there yourself."
        ),
    ),
    "script_missing": (
        _("The script of the lens is not on the page."),
        _(
            "Paste both lines into the template that every page uses, save and publish it. A tag "
            "manager adds them only in the browser, where this look does not see them: open the "
            "page and search for the button."
        ),
    ),
    "other_script": (
        _("The page loads the lens from another place."),
        _("Replace the first of the two lines with the one above."),
    ),
    "key_missing": (
        _("The lens has no key on the page."),
        _("Paste the second of the two lines as well, whole."),
    ),
    "other_key": (
        _("The page has a key that is not one of this shop's, or was revoked."),
        _("Replace it with the key in the lines above."),
    ),
    "origin_not_allowed": (
        _("Pages of this address may not use the key."),
        _("Add the address to those that may search."),
    ),
}


@dataclass(frozen=True)
class Finding:
    code: str
    what: Any
    todo: Any
    detail: str


def findings(checked: SnippetCheck) -> list[Finding]:
    return [Finding(one.code, *WORDS[one.code], one.detail) for one in checked.faults]
