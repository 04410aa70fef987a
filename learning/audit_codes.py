"""What the audit log calls the changes that this package makes."""

from django.utils.translation import gettext_lazy as _

from office.audit.actions import register

register("learning.enrolled", _("Enroll"), _("Enrolled somebody in %(course)s"))
register("learning.statement_voided", _("Take a record back"), _("Took a record back: %(reason)s"))
register("learning.assigned", _("Assign"), _("Assigned %(course)s to %(target)s"))
register(
    "learning.assignment_withdrawn", _("Withdraw an assignment"), _("Withdrew an assignment: %(reason)s")
)
register("learning.certificate_issued", _("Issue a certificate"), _("Issued a certificate"))
register("learning.certificate_revoked", _("Revoke a certificate"), _("Revoked a certificate: %(reason)s"))
register(
    "learning.certificate_reissued", _("Re-issue a certificate"), _("Re-issued a certificate: %(reason)s")
)
register(
    "learning.lrs_client_created",
    _("Give a system a key"),
    _("Gave the system “%(client)s” a key: %(scopes)s"),
)
register(
    "learning.lrs_client_revoked",
    _("Revoke a system's key"),
    _("Revoked the key of the system “%(client)s”: %(reason)s"),
)
register(
    "learning.forward_asked_again",
    _("Send a statement again"),
    _("Asked for a statement to be sent to “%(target)s” once more"),
)
register(
    "learning.forward_given_up",
    _("Give up sending a statement"),
    _("Gave up sending a statement to “%(target)s”: %(reason)s"),
)
register(
    "learning.cmi5_waived",
    _("Waive a part of a cmi5 course"),
    _("Let the part “%(unit)s” count as met: %(reason)s"),
)
