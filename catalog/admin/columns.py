"""What the columns of a table mean: asked between upload and run, kept, changed, forgotten."""

import io
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language as language
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.column_words import CHOICES, NAMES
from catalog.admin.fault_words import fault_words
from catalog.imports.columns import BASE
from catalog.imports.errors import FileRefused
from catalog.imports.items import Item
from catalog.imports.tables import Guess, Table, guess, missing_of, preview, table_again
from catalog.models import ColumnMapping, HeldFile
from catalog.money import display
from catalog.services.held import file_hold, held_drop, held_start, held_table
from catalog.services.mappings import mapping_change, mapping_recall
from tenants.admin_model import ShopModelAdmin, column
from tenants.admin_scope import opens_own_scope
from tenants.admin_site import shop_admin
from tenants.audit import audit_record
from tenants.scope import shop_scope

TEMPLATE = "admin/catalog/columnmapping/columns.html"
# A column of Cafe24 that nobody chose another meaning for.
AS_IS = "as-is"


@admin.register(ColumnMapping, site=shop_admin)
class ColumnMappingAdmin(ShopModelAdmin):
    page_title = _("Columns of your files")
    list_display = (
        *(column("filename", _("Last file")), "header", column("used", _("Files read by it"))),
        column("changed_at", _("When")),
    )
    ordering = ("-changed_at",)
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("Columns"))
    def header(self, mapping: ColumnMapping) -> str:
        return ", ".join(mapping.names)[:120]

    def change_view(
        self, request: Any, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        mapping = self.get_object(request, object_id)
        if mapping is None:
            raise Http404("no such mapping in this shop")
        table = table_again(mapping.kind, mapping.names, mapping.sample)
        columns = mapping.columns
        if request.method == "POST":
            if not self.may_write(request):
                raise PermissionDenied
            columns, fault = columns_said(request.POST, table)
            if request.POST.get("do") == "keep" and not fault:
                before = mapping.columns
                mapping_change(mapping=mapping, columns=columns, by=request.user)
                changed = {"columns": [before, columns]}
                audit_record(actor=request.user, action="change", target=mapping, changes=changed)
                messages.success(request, gettext("The next file is read this way."))
                return HttpResponseRedirect(reverse("admin:catalog_columnmapping_changelist"))
        else:
            fault = ""
        context = self.admin_site.each_context(request) | {"title": mapping.filename}
        context |= page_of(request.shop.currency, table, Guess(columns), columns, fault)
        context |= {"mapping": mapping}
        return render(request, TEMPLATE, context)


@shop_admin.page("catalog/heldfile/<int:pk>/", name="catalog_heldfile")
@opens_own_scope
def held_view(request: Any, pk: int) -> HttpResponse:
    """The columns of an upload that waits: look, choose, look again, import or drop it."""
    with shop_scope(request.shop):
        held = HeldFile.objects.select_related("feed").filter(pk=pk).first()
    if held is None:
        raise Http404("no such file in this shop")
    table = held_table(held)
    if table is None:
        messages.error(request, gettext("The file is gone: upload it again."))
        return HttpResponseRedirect(reverse("admin:catalog_importrun_add"))
    said = guess(table, request.shop.currency)
    recalled = mapping_recall(shop=request.shop, file=io.BytesIO(table.head))
    columns, fault = said.columns | recalled.columns, ""
    if request.method == "POST":
        columns, fault = columns_said(request.POST, table)
        answer = _answered(request, held, table, columns, fault)
        if answer is not None:
            return answer
    with shop_scope(request.shop):
        context = shop_admin.each_context(request) | {"title": held.filename, "held": held}
        context |= page_of(request.shop.currency, table, said, columns, fault)
        return render(request, TEMPLATE, context)


def columns_asked(
    request: Any, file: Any, *, always: bool, dry: bool = False, complete: bool = False
) -> HttpResponse | None:
    """To the page of the columns, where an upload must be asked about or `always`; else None.

    Call it outside any scope.
    """
    recalled = mapping_recall(shop=request.shop, file=file, filename=file.name)
    if not recalled.asks and not always:
        return None
    try:
        held = file_hold(
            shop=request.shop,
            file=file,
            filename=file.name,
            by=request.user,
            dry=dry,
            complete=complete,
        )
    except FileRefused:
        # No table: its run says what is wrong, if anything is.
        return None
    return HttpResponseRedirect(reverse("admin:catalog_heldfile", args=[held.pk]))


def _answered(
    request: Any, held: HeldFile, table: Table, columns: dict[str, str], fault: str
) -> HttpResponse | None:
    """What was pressed: leave the file, or import it; None to look at the page again."""
    pressed = request.POST.get("do")
    if pressed == "drop":
        held_drop(shop=request.shop, held=held)
        messages.success(request, gettext("The file was not imported."))
        return HttpResponseRedirect(reverse("admin:catalog_importrun_changelist"))
    if pressed != "import" or fault or missing_of(table, columns):
        return None
    try:
        run = held_start(
            shop=request.shop, held=held, table=table, columns=columns, by=request.user
        )
    except ValueError as error:
        messages.error(request, fault_words("", str(error)))
        return None
    return HttpResponseRedirect(reverse("admin:catalog_importrun_change", args=[run.pk]))


def columns_said(sent: Mapping[str, Any], table: Table) -> tuple[dict[str, str], str]:
    """The meaning of each column as a form says it, and what is wrong with it."""
    known = {value for value, _label in CHOICES}
    columns = {
        name: chosen
        for at, name in enumerate(table.names)
        if name and (chosen := str(sent.get(f"column-{at}", "?"))) in known
    }
    base = str(sent.get("base", "")).strip()
    if not base:
        return columns, ""
    if "://" not in base:
        base = f"https://{base}"
    parts = urlsplit(base)
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in base:
        return columns, gettext("This is no web address. Write it as https://shop.example.com")
    return columns | {BASE: base}, ""


def page_of(
    currency: str, table: Table, said: Guess, columns: Mapping[str, str], fault: str
) -> dict[str, Any]:
    """What the page of the columns shows."""
    items, refused = preview(table, columns, currency)
    absent = missing_of(table, columns)
    known = _defaults(table, columns)
    return {
        "rows": [
            {
                "at": at,
                "name": name,
                "examples": table.examples(at),
                "chosen": known.get(name, ""),
                "unsure": name in said.by_values and columns.get(name) == said.columns[name],
            }
            for at, name in enumerate(table.names)
            if name
        ],
        "choices": CHOICES if table.kind == "csv" else [(AS_IS, _("As Cafe24 means it")), *CHOICES],
        "absent": [NAMES[name] for name in absent],
        "asks_base": table.kind == "cafe24",
        "base": columns.get(BASE, ""),
        "fault": fault or (refused if not absent else ""),
        "firsts": [first_of(item) for item in items],
    }


def _defaults(table: Table, columns: Mapping[str, str]) -> Mapping[str, str]:
    """Cafe24's columns have their meaning by themselves; only what differs is chosen."""
    if table.kind == "csv":
        return columns
    return {name: columns.get(name, AS_IS) for name in table.names}


def first_of(item: Item) -> dict[str, Any]:
    """A row as it would be read."""
    if item.draft is None:
        return {"row": item.row, "sku": item.sku, "problems": item.problems}
    fields = item.draft.fields
    price = fields.get("price")
    sale = fields.get("sale_price")
    attributes = fields.get("attributes") or {}
    return {
        "row": item.row,
        "sku": item.sku,
        "title": fields.get("title", ""),
        "price": display(price, fields["currency"], language() or "en") if price else "",
        "sale": display(sale, fields["currency"], language() or "en") if sale else "",
        "photos": len(item.draft.photos or ()),
        "photo": (item.draft.photos or [""])[0],
        "attributes": [(name, value[:60]) for name, value in list(attributes.items())[:6]],
    }
