"""What roles are called on screen."""

from django.utils.translation import pgettext_lazy

from people.roles.enums import Role

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
