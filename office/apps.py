from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficeConfig(AppConfig):
    name = "office"

    def ready(self) -> None:
        # The web process knows the tasks too, so that the tests' eager mode finds them.
        import office.tasks  # noqa: F401
        from office.audit.actions import register
        from office.benches.actions import register_bench
        from office.benches.limit import bench_limit

        register_bench("limit", bench_limit)
        register("office.job_retried", _("Run a job again"), _("Ran a job that had stopped again"))
