from django.apps import AppConfig


class LookUsConfig(AppConfig):
    name = "lookus"
    verbose_name = "LookUs"

    def ready(self) -> None:
        # The Celery app must be there before a task is sent.
        from lookus import celery, signals  # noqa: F401

        signals.connect()
