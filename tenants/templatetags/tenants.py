from django import template
from django.utils.translation import gettext_lazy as _

from tenants.admin.history import action_name, changes_as_html
from tenants.models import Membership

register = template.Library()

ROLE_NAMES = {
    Membership.Role.OWNER: _("Owner"),
    Membership.Role.EDITOR: _("Editor"),
    Membership.Role.VIEWER: _("Viewer"),
}


@register.filter
def role_name(role: str) -> str:
    return str(ROLE_NAMES[Membership.Role(role)])


register.filter("action_name", action_name)
register.filter("changes", changes_as_html)
