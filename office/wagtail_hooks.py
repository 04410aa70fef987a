"""What the Wagtail admin learns from this package."""

from wagtail import hooks

from office.audit.actions import register_all

hooks.register("register_log_actions", register_all)
