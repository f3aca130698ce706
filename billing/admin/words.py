"""How the pages about money call things, in the reader's language."""

from django.utils.translation import gettext_lazy as _

from billing.models import Kind

KIND_NAMES = {Kind.PHOTO: _("Photos tagged"), Kind.SEARCH: _("Searches answered")}
