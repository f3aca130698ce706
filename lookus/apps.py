from django.apps import AppConfig


class LookUsConfig(AppConfig):
    name = "lookus"
    verbose_name = "LookUs"

    def ready(self) -> None:
        # The Celery app must be there before a task is sent.
        from django.conf import settings

        from lookus import celery, signals  # noqa: F401
        from vision import decode

        signals.connect()
        memory = settings.PHOTO_OPEN_MEMORY_MB * 2**20
        decode.allow(decode.Cost(seconds=settings.PHOTO_OPEN_SECONDS, memory=memory))
