"""What every table of a shop is made of: `TenantModel`, its manager and its foreign keys."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.sql.where import WhereNode

from tenants.scope import CurrentShop, OtherShopScope, current_shop_id


class ShopField(models.ForeignKey):
    """The shop of a row: filled from the scope when it is written, never from elsewhere.

    With `db_constraint=False` in tables whose rows all point to another row of the shop by a
    TenantForeignKey that is never NULL: that row has a shop, and so has this one. Where thousands
    of rows are written, each of Postgres' checks costs as much as half a row.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.update(to="tenants.Shop", on_delete=models.DO_NOTHING, db_index=False)
        kwargs.update(editable=False, related_name="+")
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for key in ("to", "on_delete", "db_index", "editable", "related_name"):
            kwargs.pop(key, None)
        return name, path, args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        scope, given = current_shop_id(), getattr(model_instance, self.attname)
        if given is None:
            setattr(model_instance, self.attname, scope)
        elif given != scope:
            raise OtherShopScope(f"a row of shop {given} was saved in the scope of shop {scope}")
        return scope


class TenantForeignKey(models.ForeignKey):
    """A foreign key inside a shop.

    In the database it stands over both columns, `(shop_id, x_id)`, and its deletion rule too:
    the row goes with the one it points to, or is set to NULL where the key is nullable.
    `tenants.migrations_ops.TenantTable` makes that constraint.

    A join along it says whose rows it joins, on both sides: the manager's filter holds only for
    the table that a query begins with.
    """

    def __init__(self, to: Any, **kwargs: Any) -> None:
        kwargs.update(on_delete=models.DO_NOTHING, db_constraint=False)
        kwargs.setdefault("db_index", False)
        super().__init__(to, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("on_delete", None)
        kwargs.pop("db_constraint", None)
        return name, path, args, kwargs

    def get_extra_restriction(self, alias: str, related_alias: str) -> Any:
        joined = ((alias, self.remote_field.model), (related_alias, self.model))
        return WhereNode([_of_shop(model, table) for table, model in joined if table])


def _of_shop(model: type[models.Model], alias: str) -> Any:
    shop: Any = model._meta.get_field("shop")
    return shop.get_lookup("exact")(shop.get_col(alias), CurrentShop())


class UserReference(models.ForeignKey):
    """Who did it, kept as an id when the person is gone.

    No constraint and no deletion rule: a person's deletion must not walk the shops' tables.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.update(to=settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, null=True)
        kwargs.update(db_constraint=False, db_index=False, editable=False, related_name="+")
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, _ = super().deconstruct()
        return name, path, args, {}


class TenantQuerySet(models.QuerySet):
    def delete(self) -> tuple[int, dict[str, int]]:
        """Deletes in one statement that carries the shop; the database cascades.

        Keys that may be empty are emptied before: on one machine the database would do it too,
        but Citus refuses `ON DELETE SET NULL` where `shop_id` is a part of the key.
        """
        for key in emptied_keys(self.model):
            pointing = key.model._base_manager.using(self.db)
            pointing.filter(**{f"{key.attname}__in": self.values("pk")}).update(**{key.name: None})
        count = self._raw_delete(self.db)
        return count, {self.model._meta.label: count}

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


def emptied_keys(model: type[models.Model]) -> list[TenantForeignKey]:
    """Keys of other tables to `model` that lose their value when its row goes."""
    relations: list[Any] = list(model._meta.get_fields(include_hidden=True))
    keys = [one.field for one in relations if isinstance(one, models.ManyToOneRel)]
    return [
        key
        for key in keys
        if isinstance(key, TenantForeignKey) and key.null and key.model is not model
    ]


class TenantManager(models.Manager.from_queryset(TenantQuerySet)):  # type: ignore[misc]
    """Sees the rows of the shop in scope; compiles to NoShopScope outside one."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(shop_id=CurrentShop())


class TenantModel(models.Model):
    shop = ShopField()

    objects = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def delete(self, using: Any = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:
        return type(self)._base_manager.filter(pk=self.pk).delete()
