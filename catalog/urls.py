"""Below the routes of finding: `/products/<sku>/similar` is theirs."""

from django.urls import path

from catalog.api.batch import BatchView
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
    path("tags", TagsView.as_view(), name="tags"),
    path("taxonomy", TaxonomyView.as_view(), name="taxonomy"),
]
