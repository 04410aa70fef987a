"""What a role allows. The table itself stands in ``rules.py``."""

from enum import StrEnum


class Capability(StrEnum):
    VIEW_NAMES = "view_names"  # who has done and not done what is required of them
    VIEW_TOTALS = "view_totals"
    EXPORT = "export"
    ASSIGN = "assign"
    ISSUE_CARD = "issue_card"  # a one-time card for a forgotten password
    MANAGE_POSTS = "manage_posts"  # transfers, and roles up to one's own
    MANAGE_PEOPLE = "manage_people"
    MANAGE_CERTIFICATES = "manage_certificates"  # revoke and re-issue
    AUTHOR = "author"
    PUBLISH = "publish"
    RUN_SESSION = "run_session"
    VIEW_AUDIT = "view_audit"
    MANAGE_INSTALL = "manage_install"


class Role(StrEnum):
    INSTALL_ADMIN = "install_admin"
    BODY_ADMIN = "body_admin"
    CDO = "cdo"
    CISO = "ciso"
    TRAINING_OFFICER = "training_officer"
    SECTION_HEAD = "section_head"
    DX_LEADER = "dx_leader"
    DX_SPECIALIST = "dx_specialist"
    ICT_ADVISER = "ict_adviser"
    BOARD_OF_EDUCATION = "board_of_education"
    PRINCIPAL = "principal"
    TEACHER = "teacher"
    HELPER = "helper"
    AUTHOR = "author"
    EDITOR = "editor"
    AUDITOR = "auditor"
