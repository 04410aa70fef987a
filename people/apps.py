from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self) -> None:
        from people import audit_codes, signals  # noqa: F401 - both register when imported
