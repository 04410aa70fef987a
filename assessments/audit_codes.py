"""What the audit log calls the changes that this package makes."""

from django.utils.translation import gettext_lazy as _

from office.audit.actions import register

register("assessments.item_written", _("Write a question"), _("Wrote version %(number)s of a question"))
register("assessments.item_retired", _("Take a question out of use"), _("Took a question out of use"))
register("assessments.item_restored", _("Take a question back into use"), _("Took a question back into use"))
register(
    "assessments.quiz_published", _("Publish a quiz"), _("Published a quiz with %(questions)s questions")
)
