"""Those who run LookUs, with rights or without."""

from django.contrib.auth.models import Permission
from django.test import Client

from tenants.models import User
from tests.factories import make_user


def operator(*rights: str, superuser: bool = False) -> Client:
    """A client of staff; `rights` as "billing.view_invoice"."""
    user = make_user()
    User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=superuser)
    for right in rights:
        app, _, name = right.partition(".")
        user.user_permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=name)
        )
    client = Client()
    client.force_login(user)
    return client
