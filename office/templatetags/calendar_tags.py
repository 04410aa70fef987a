"""``{% load calendar_tags %}``: Japanese dates in templates.

Pages write days and moments in one way: ``day``, ``due_day`` and ``moment`` give a ``<time>`` that machines read as well,
``day_text`` and ``due_day_text`` the words alone, for inside a ``<time>`` or where tags cannot stand. ``wareki`` is for
what repeats a paper.
"""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from office.calendar import rules

register = template.Library()


def _day(value: date | datetime) -> date:
    """A moment counts as the day it is here, not as the day in UTC."""
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


@register.filter
def day_text(value: date | datetime | None) -> str:
    """``{{ day|day_text }}`` → 2026年11月22日; nothing for no date."""
    return rules.written_date(_day(value)) if value else ""


@register.filter
def due_day_text(value: date | datetime | None) -> str:
    """With its weekday, where somebody plans by it: 2026年11月22日（日）."""
    return rules.written_date(_day(value), with_weekday=True) if value else ""


@register.filter
def day(value: date | datetime | None) -> SafeString | str:
    """``{{ day|day }}`` → <time datetime="2026-11-22">2026年11月22日</time>; nothing for no date."""
    return _time(_day(value).isoformat(), day_text(value)) if value else ""


@register.filter
def due_day(value: date | datetime | None) -> SafeString | str:
    """The same with the weekday."""
    return _time(_day(value).isoformat(), due_day_text(value)) if value else ""


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """``{{ at|moment }}`` → <time …>2026年11月22日 14:05</time>, in the time of this place; nothing for none."""
    if not value:
        return ""
    local = timezone.localtime(value)
    return _time(local.isoformat(timespec="minutes"), f"{rules.written_date(local)} {local:%H:%M}")


def _time(machine: str, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', machine, words)


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
