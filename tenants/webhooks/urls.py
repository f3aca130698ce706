from django.urls import path

from tenants.webhooks import api

urlpatterns = [
    path("webhooks", api.WebhooksView.as_view(), name="webhooks"),
    path("webhooks/<int:webhook_id>", api.WebhookView.as_view(), name="webhook"),
    path(
        "webhooks/<int:webhook_id>/secret", api.WebhookSecretView.as_view(), name="webhook-secret"
    ),
    path("webhooks/<int:webhook_id>/test", api.WebhookTestView.as_view(), name="webhook-test"),
    path(
        "webhooks/<int:webhook_id>/deliveries",
        api.WebhookDeliveriesView.as_view(),
        name="webhook-deliveries",
    ),
    path(
        "webhooks/<int:webhook_id>/deliveries/<int:delivery_id>/replay",
        api.DeliveryReplayView.as_view(),
        name="webhook-delivery-replay",
    ),
    path("webhooks/<int:webhook_id>/replay", api.FailedReplayView.as_view(), name="webhook-replay"),
]
