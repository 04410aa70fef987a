"""What an author hears after saving a question that learners get in an older version."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from assessments.delivery.pages import QuizPage
from assessments.items.models import Item
from assessments.quizzes.models import QuizEntry


def tell_where_it_waits(request: HttpRequest, item: Item) -> None:
    """One message for each quiz that still asks an older version, with the way to its page."""
    entries = QuizEntry.objects.filter(item=item, item__retired_at__isnull=True)
    waiting = entries.exclude(version=item.current_id).values("quiz__activity")
    pages = QuizPage.objects.filter(activity__in=waiting).select_related("activity__course").order_by("pk")
    for page in pages:
        text = _(
            "“%(quiz)s” (%(course)s) still asks the version before: publish the quiz page to "
            "bring the new one to learners."
        ) % {"quiz": page.title, "course": page.activity.course or ""}
        button = messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("To the quiz page"))
        messages.warning(request, text, buttons=[button])
