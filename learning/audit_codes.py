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
