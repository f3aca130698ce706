"""Below the routes of finding: `/products/<sku>/similar` is theirs."""

from django.urls import path

from catalog.api.batch import BatchView
from catalog.api.imports import (
    ImportChangesView,
    ImportConfirmView,
    ImportProblemsView,
    ImportsView,
    ImportUndoView,
    ImportView,
)
from catalog.api.photos import PhotosView, PhotoView
from catalog.api.products import ProductsView, ProductView
from catalog.api.tags import TagsView
from catalog.api.taxonomy import TaxonomyView

urlpatterns = [
    path("products", ProductsView.as_view(), name="products"),
    path("products/batch", BatchView.as_view(), name="products-batch"),
    path("products/<path:sku>/photos", PhotosView.as_view(), name="product-photos"),
    path("products/<path:sku>/photos/<int:photo_id>", PhotoView.as_view(), name="product-photo"),
    path("products/<path:sku>", ProductView.as_view(), name="product"),
    path("imports", ImportsView.as_view(), name="imports"),
    path("imports/<int:import_id>", ImportView.as_view(), name="import"),
    path("imports/<int:import_id>/problems", ImportProblemsView.as_view(), name="import-problems"),
    path("imports/<int:import_id>/changes", ImportChangesView.as_view(), name="import-changes"),
    path("imports/<int:import_id>/undo", ImportUndoView.as_view(), name="import-undo"),
    path("imports/<int:import_id>/confirm", ImportConfirmView.as_view(), name="import-confirm"),
    path("tags", TagsView.as_view(), name="tags"),
    path("taxonomy", TaxonomyView.as_view(), name="taxonomy"),
]
