"""What is said of an attempt."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.packages.h5p import Trust

# What stands behind a score: a word or two, and a sentence that explains it.
TRUST: dict[str, tuple[Promise, Promise]] = {
    Trust.VERIFIED: (
        _("matches the answers"),
        _("The answers were marked again on the server and gave the same points."),
    ),
    Trust.UNVERIFIED: (
        _("not checked"),
        _(
            "The points are what the learner's browser worked out; this kind of package cannot be marked again here."
        ),
    ),
    Trust.MISMATCH: (
        _("does not match the answers"),
        _(
            "The points do not fit the answers, or lie outside what can be reached. That somebody took part is kept, points "
            "and passing do not count. It may be a fault of the device or of the package."
        ),
    ),
}
