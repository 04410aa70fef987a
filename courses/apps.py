from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"

    def ready(self) -> None:
        from courses.audit_codes import register_codes
        from courses.receivers import connect

        register_codes()
        connect()
