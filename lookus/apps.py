from django.apps import AppConfig


class LookUsConfig(AppConfig):
    name = "lookus"
    verbose_name = "LookUs"

    def ready(self) -> None:
        from lookus import signals

        signals.connect()
