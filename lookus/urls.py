"""Every address of LookUs. A shop's admin has its own: `lookus/urls_shop_admin.py`."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from analytics.mail_views import insight_mail_stop
from lookus import views, widget
from lookus.watching import views as watching

handler500 = "lookus.failing.server_error"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("frontend.storefront.urls")),
    path("", include("tenants.urls")),
    path("operator/money/", include("billing.operator.urls")),
    path("operator/numbers/", include("analytics.operator.urls")),
    path("", include("billing.urls")),
    path("operator/", admin.site.urls),
    path("api/v1/", include("recommender.urls")),
    path("api/v1/", include("analytics.urls")),
    path("api/v1/", include("tenants.webhooks.urls")),
    path("api/v1/", include("catalog.urls")),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", views.ApiDocsView.as_view(), name="docs"),
    path("widget/v1.js", widget.widget, name="widget"),
    path("widget/parts/<str:name>", widget.part, name="widget-part"),
    path("mails/stop/<str:token>/", insight_mail_stop, name="insight-mail-stop"),
    path("healthz", watching.healthz, name="healthz"),
    path("readyz", watching.readyz, name="readyz"),
    path("metrics", watching.metrics, name="metrics"),
]
if settings.MEDIA_STORAGE == "disk":
    # Photos only: imported files lie beside them and are nobody's to read.
    urlpatterns += [
        re_path(
            r"^media/(?P<path>shops/\d+/photos/[0-9a-f]{2}/[0-9a-f]{64}\.\w+)$",
            views.photo,
            name="photo",
        ),
        re_path(
            r"^media/(?P<path>shops/\d+/looks/[0-9a-f]{2}/[0-9a-f]{64}\.\w+)$",
            views.photo,
            name="look-photo",
        ),
    ]
