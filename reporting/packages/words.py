"""Words of lists of results."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.packages.enums import GradeMethod
from learning.launches.words import TRUST
from reporting.packages.enums import Standing

__all__ = ["METHODS", "STANDINGS", "TRUST"]

STANDINGS: dict[str, Promise] = {
    Standing.DONE: pgettext_lazy("package result", "done"),
    Standing.BEGUN: pgettext_lazy("package result", "under way"),
    Standing.NOT_YET: pgettext_lazy("package result", "not yet"),
}
METHODS: dict[str, Promise] = {
    GradeMethod.BEST: _("The result is that of the best attempt."),
    GradeMethod.LAST: _("The result is that of the last attempt; the course keeps the best."),
    GradeMethod.FIRST: _("The result is that of the first attempt; the course keeps the best."),
    GradeMethod.AVERAGE: _("The result is the average of all attempts; the course keeps the best."),
}
