"""What roles are called on screen."""

from django.utils.translation import gettext, pgettext_lazy

from people.roles.enums import Capability, Role
from people.roles.rules import ROLE_CAPABILITIES

ROLE_LABELS = {
    Role.INSTALL_ADMIN: pgettext_lazy("role", "System administrator"),
    Role.BODY_ADMIN: pgettext_lazy("role", "Administrator of a body"),
    Role.CDO: pgettext_lazy("role", "CDO"),
    Role.CISO: pgettext_lazy("role", "CISO"),
    Role.TRAINING_OFFICER: pgettext_lazy("role", "Training officer"),
    Role.SECTION_HEAD: pgettext_lazy("role", "Head of section"),
    Role.DX_LEADER: pgettext_lazy("role", "DX leader"),
    Role.DX_SPECIALIST: pgettext_lazy("role", "DX specialist for municipalities"),
    Role.ICT_ADVISER: pgettext_lazy("role", "ICT adviser"),
    Role.BOARD_OF_EDUCATION: pgettext_lazy("role", "Board of education (staff)"),
    Role.PRINCIPAL: pgettext_lazy("role", "Principal"),
    Role.TEACHER: pgettext_lazy("role", "Teacher"),
    Role.HELPER: pgettext_lazy("role", "Helper"),
    Role.AUTHOR: pgettext_lazy("role", "Author"),
    Role.EDITOR: pgettext_lazy("role", "Editor (publishes)"),
    Role.AUDITOR: pgettext_lazy("role", "Auditor"),
}

# What a role allows, for whoever gives it.
CAPABILITY_LABELS = {
    Capability.VIEW_NAMES: pgettext_lazy("capability", "See names and progress"),
    Capability.VIEW_TOTALS: pgettext_lazy("capability", "See totals"),
    Capability.EXPORT: pgettext_lazy("capability", "Save lists"),
    Capability.ASSIGN: pgettext_lazy("capability", "Assign courses"),
    Capability.ISSUE_CARD: pgettext_lazy("capability", "Issue one-time cards"),
    Capability.MANAGE_POSTS: pgettext_lazy("capability", "Record transfers, give roles"),
    Capability.MANAGE_PEOPLE: pgettext_lazy("capability", "Give every role of the organization"),
    Capability.MANAGE_CERTIFICATES: pgettext_lazy("capability", "Revoke and re-issue certificates"),
    Capability.AUTHOR: pgettext_lazy("capability", "Write courses"),
    Capability.PUBLISH: pgettext_lazy("capability", "Publish courses"),
    Capability.RUN_SESSION: pgettext_lazy("capability", "Help at sessions"),
    Capability.VIEW_AUDIT: pgettext_lazy("capability", "See who did what"),
    Capability.MANAGE_INSTALL: pgettext_lazy("capability", "Run the whole system"),
}
SCOPE_EVERYWHERE = pgettext_lazy("scope of a role", "The whole system")


def scope_label(unit: str, group: str) -> str:
    """«福島市とその下の組織», «信夫山中学校 1年1組», or the whole system when both are empty."""
    if unit:
        return gettext("%(unit)s and everything below it") % {"unit": unit}
    return group or str(SCOPE_EVERYWHERE)


def allowed_by(role: Role) -> list[str]:
    """What the role allows, in the order of the capabilities."""
    return [
        str(label) for capability, label in CAPABILITY_LABELS.items() if capability in ROLE_CAPABILITIES[role]
    ]
