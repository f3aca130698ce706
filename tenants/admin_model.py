"""`ShopModelAdmin`: Django's ModelAdmin inside one shop."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_noop

from tenants.admin_site import EDITORS, EVERYONE, Role
from tenants.audit import audit_of, audit_record
from tenants.base import TenantForeignKey

HISTORY_ROWS = 200
SHOWN_DELETIONS = 100
WEB_ADDRESSES: Any = {models.URLField: {"assume_scheme": "https"}}


# What the models call their rows, in English: said here so that pages can translate it.
NOUNS = (
    *(gettext_noop("product"), gettext_noop("products"), gettext_noop("photos")),
    *(gettext_noop("tags"), gettext_noop("garments")),
)


def column(name: str, label: Any, *, boolean: bool | None = None) -> Callable[[Any], Any]:
    """A field of the model as a column of the list, or a line of the page, with its own label."""

    def value(row: Any) -> Any:
        return getattr(row, name)

    value.__name__ = name
    return admin.display(description=label, ordering=name, boolean=boolean)(value)


class ShopModelAdmin(admin.ModelAdmin):
    """Permissions come from the Membership, history goes to the shop's own audit trail.

    `readers` see the pages, `writers` add, change and delete. `page_title` heads the list and
    `add_label` is the button beside it.
    """

    page_title: Any = ""
    add_label: Any = ""
    readers: tuple[Role, ...] = EVERYONE
    writers: tuple[Role, ...] = EDITORS
    view_on_site = False
    formfield_overrides = WEB_ADDRESSES
    show_full_result_count = False

    def may_read(self, request: Any) -> bool:
        return request.membership.role in self.readers

    def may_write(self, request: Any) -> bool:
        return request.membership.role in self.writers

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may_read(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_read(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_write(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_write(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_write(request)

    def _get_obj_does_not_exist_redirect(self, request: Any, opts: Any, object_id: str) -> Any:
        raise Http404("no such object in this shop")

    def get_deleted_objects(self, objs: Any, request: Any) -> tuple[Any, Any, set[str], list[str]]:
        """What goes with `objs`: counted, for the database cascades and not Django's collector."""
        chosen = [obj.pk for obj in objs]
        counts = {_noun(self.opts.verbose_name_plural): len(chosen)}
        for relation in self.model._meta.related_objects:
            key = relation.field
            if isinstance(key, TenantForeignKey) and not key.null:
                found = relation.related_model._default_manager.filter(
                    **{f"{key.name}__in": chosen}
                )
                counts[_noun(relation.related_model._meta.verbose_name_plural)] = found.count()
        refused = set() if self.has_delete_permission(request) else {str(self.opts.verbose_name)}
        return [str(obj) for obj in objs[:SHOWN_DELETIONS]], counts, refused, []

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        words = {"title": self.page_title, "add_label": self.add_label}
        return super().changelist_view(request, words | (extra_context or {}))

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        if kwargs.get("add"):
            context["title"] = self.add_label
        return super().render_change_form(request, context, *args, **kwargs)

    def get_actions(self, request: HttpRequest) -> Any:
        actions: Any = super().get_actions(request)
        if "delete_selected" in actions:
            run, name, _description = actions["delete_selected"]
            actions["delete_selected"] = (run, name, gettext("Delete"))
        return actions

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        words = {"title": gettext("Delete"), "object_name": gettext(str(self.opts.verbose_name))}
        return super().delete_view(request, object_id, words | (extra_context or {}))

    def response_add(self, request: Any, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        self._say(request, gettext("Added: %(name)s"), obj)
        return self.response_post_save_add(request, obj)

    def response_change(self, request: Any, obj: Any) -> HttpResponse:
        self._say(request, gettext("Saved: %(name)s"), obj)
        return self.response_post_save_change(request, obj)

    def response_delete(self, request: Any, obj_display: str, obj_id: Any) -> HttpResponse:
        self._say(request, gettext("Deleted: %(name)s"), obj_display)
        return self.response_post_save_change(request, None)

    def _say(self, request: Any, words: str, name: Any) -> None:
        self.message_user(request, words % {"name": name}, messages.SUCCESS)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """Each changed field with its former and its new value, as the audit trail keeps them."""
        return {
            name: [_plain(None if add else form.initial.get(name)), _plain(form.cleaned_data[name])]
            for name in form.changed_data
            if name in form.cleaned_data
        }

    def log_addition(self, request: Any, obj: models.Model, message: Any) -> Any:
        return audit_record(actor=request.user, action="add", target=obj, changes=message)

    def log_change(self, request: Any, obj: models.Model, message: Any) -> Any:
        return audit_record(actor=request.user, action="change", target=obj, changes=message)

    def log_deletions(self, request: Any, queryset: Any) -> Any:
        return [audit_record(actor=request.user, action="delete", target=obj) for obj in queryset]

    def history_view(
        self, request: Any, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        target = self.get_object(request, object_id)
        if target is None:
            raise Http404("no such object in this shop")
        if not self.has_view_permission(request, target):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("History of %(name)s") % {"name": target},
            "entries": audit_of(target)[:HISTORY_ROWS],
            "opts": self.opts,
            "object": target,
        }
        return render(request, "admin/shop/history.html", context)


def _noun(name: Any) -> str:
    return str(capfirst(gettext(str(name))))


def _plain(value: Any) -> Any:
    """A form's value as JSON can keep it."""
    if isinstance(value, str | int | float | bool | list | dict | None):
        return value
    return str(value)
