"""``{% load calendar_tags %}``: Japanese dates in templates."""

from datetime import date, datetime

from django import template
from django.utils import timezone

from office.calendar import rules

register = template.Library()


def _day(value: date | datetime) -> date:
    """A moment counts as the day it is here, not as the day in UTC."""
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


@register.filter
def wareki(value: date | datetime | None) -> str:
    """``{{ certificate.completed_on|wareki }}`` → 令和8年4月1日; nothing for no date."""
    return rules.wareki(_day(value)) if value else ""


@register.filter
def fiscal_year_label(value: date | datetime | int | None) -> str:
    """``{{ day|fiscal_year_label }}`` or ``{{ 2026|fiscal_year_label }}`` → 令和8年度（2026年度）."""
    if value is None:
        return ""
    return rules.fiscal_year_label(value if isinstance(value, int) else rules.fiscal_year(_day(value)))
