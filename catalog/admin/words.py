"""The taxonomy's words in the reader's language."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.models.teaching import OWN
from catalog.shop_taxonomy import shop_taxonomy
from vision.taxonomy import taxonomy

KIND_NAMES = {
    "category": _("Category"),
    "pattern": _("Pattern"),
    "style": _("Style"),
    "color": _("Colour"),
    OWN: _("The shop's own"),
    "group": _("Type of garment"),
    "region": _("Part of the photo that is sold"),
}


def language() -> str:
    return "ko" if (get_language() or "").startswith("ko") else "en"


def term_label(kind: str, value: str) -> str:
    """The word of the reader's language, the shop's own where it gave one; `value` itself where the
    taxonomy has none."""
    named = shop_taxonomy().name(kind, value, language())
    if named:
        return named
    known = taxonomy()
    terms = known.terms(kind) if kind in known.kinds else {}
    return terms[value].label(language()) if value in terms else value


def kind_label(kind: str) -> str:
    attribute = taxonomy().attributes.get(kind)
    return str(KIND_NAMES.get(kind) or (attribute.label(language()) if attribute else kind))
