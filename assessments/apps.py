from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        from assessments import audit_codes  # noqa: F401 - registers when imported
        from assessments.receivers import connect

        connect()
