"""People in `/operator/`: no operator knows or sets anybody's password, a person's link does."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tenants.accounts.addresses import address_vouch
from tenants.models import Membership, User

NAMES = ("first_name", "last_name")


@admin.register(User)
class PersonAdmin(admin.ModelAdmin):
    """A person's address and rights. The password is the person's own: a link to choose one goes
    to that address when the account is made, and whenever an operator presses for it."""

    ordering = ("email",)
    list_display = ("email", *NAMES, "is_staff", "last_login")
    list_filter = ("is_staff", "is_superuser", "is_active")
    search_fields = ("email", *NAMES)
    change_form_template = "admin/operator_person.html"
    fieldsets = (
        (None, {"fields": ("email",)}),
        (_("Personal info"), {"fields": NAMES}),
        (_("Permissions"), {"fields": ("is_active", "is_staff", "is_superuser")}),
        (_("Important dates"), {"fields": ("last_login", "date_joined")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return (
            super().get_fieldsets(request, obj) if obj else ((None, {"fields": ("email", *NAMES)}),)
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Members change their address alone: at another one somebody else would read the link."""
        member = obj is not None and Membership.objects.filter(user=obj).exists()
        return ("last_login", "date_joined", *(("email",) if member else ()))

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_POST(self.link_view))
        return [path("<int:pk>/link/", view, name="tenants_user_link"), *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """An operator who writes an address vouches for it."""
        obj.email = obj.email.lower()
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change or "email" in form.changed_data:
            address_vouch(user=obj)
        if not change:
            transaction.on_commit(lambda: self._send(request, obj))

    def link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Mail a person the link to choose a password."""
        person = User.objects.filter(pk=pk).first()
        if person is None:
            raise Http404("nobody is known by this number")
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        self._send(request, person)
        self.log_change(request, person, "link to choose a password sent")
        return HttpResponseRedirect(reverse("admin:tenants_user_change", args=[pk]))

    def _send(self, request: HttpRequest, person: User) -> None:
        form = ResetPasswordForm({"email": person.email})
        if not person.is_active or not form.is_valid():
            messages.error(request, gettext("This account is closed: no mail was sent."))
            return
        form.save(request)
        messages.success(
            request,
            gettext("A link to choose a password went to %(email)s.") % {"email": person.email},
        )
