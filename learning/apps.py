from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "learning"

    def ready(self) -> None:
        from learning import audit_codes  # noqa: F401 - registers when imported
        from learning.receivers import connect

        connect()
