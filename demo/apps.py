from django.apps import AppConfig
from django.conf import settings


class DemoConfig(AppConfig):
    name = "demo"

    def ready(self) -> None:
        if settings.DEMO:
            from demo.accounts import example_accounts
            from people.accounts.queries import register_example_accounts

            register_example_accounts(example_accounts)
