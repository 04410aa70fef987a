from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"

    def ready(self) -> None:
        from courses.audit_codes import register_codes
        from courses.packages.examples import scoring
        from courses.receivers import connect

        register_codes()
        scoring.register()
        connect()
