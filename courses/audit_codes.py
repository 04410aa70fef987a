"""What the audit trail may say about strategy, courses and the words around them."""

from django.utils.translation import gettext_lazy as _

from office.audit.actions import register

_CODES = (
    (
        "courses.strategy_loaded",
        _("Load strategy"),
        _("Strategy loaded: %(created)s new, %(updated)s changed, %(retired)s retired"),
    ),
    (
        "courses.plan_made_current",
        _("Show plan version"),
        _("Version %(version)s is now shown on the strategy page"),
    ),
    (
        "courses.framework_loaded",
        _("Load framework"),
        _("Framework loaded: %(created)s new, %(updated)s changed"),
    ),
    ("courses.site_created", _("Create site page"), _("A page that every site needs was created")),
    ("courses.course_published", _("Publish course"), _("Course published as revision %(revision)s")),
    ("courses.course_withdrawn", _("Withdraw course"), _("The course is no longer offered")),
    (
        "courses.course_retired",
        _("Retire course"),
        _("The course's page was deleted; course and records stay"),
    ),
    (
        "courses.course_moved",
        _("Move course pages"),
        _("Pages of the course were moved or got another address"),
    ),
    (
        "courses.activity_published",
        _("Publish activity"),
        _("%(activity)s published; the course is now at revision %(revision)s"),
    ),
    (
        "courses.activity_withdrawn",
        _("Withdraw activity"),
        _("%(activity)s is no longer offered; records stay"),
    ),
    ("courses.library_installed", _("Install library"), _("%(library)s installed from %(source)s")),
    ("courses.library_blocked", _("Block library"), _("%(library)s blocked: %(reason)s")),
    ("courses.library_unblocked", _("Unblock library"), _("%(library)s may be played again")),
    ("courses.package_added", _("Add package"), _("Package added from %(file)s")),
    ("courses.package_replaced", _("Replace package"), _("Version %(version)s from %(file)s")),
    ("courses.package_settings", _("Set package"), _("Settings changed: %(fields)s")),
    (
        "courses.package_repinned",
        _("Newer libraries for package"),
        _("Version %(version)s with newer libraries: %(libraries)s"),
    ),
    (
        "courses.package_restored",
        _("Earlier version of package"),
        _("Version %(version)s is played again instead of %(instead)s"),
    ),
    (
        "courses.package_texts",
        _("Edit texts of package"),
        _("Version %(version)s from version %(base)s: texts changed: %(count)s"),
    ),
    (
        "courses.package_translated",
        _("Begin translation of package"),
        _("Made from version %(version)s of “%(title)s”, language: %(language)s"),
    ),
    ("courses.libraries_asked", _("Ask for libraries"), _("Asked for with %(file)s: %(libraries)s")),
    ("courses.libraries_provided", _("Answer: libraries installed"), _("Installed: %(libraries)s")),
    (
        "courses.libraries_declined",
        _("Answer: libraries not installed"),
        _("Not installed: %(libraries)s (%(reason)s)"),
    ),
    ("courses.package_removed", _("Remove package"), _("The package is no longer played; records stay")),
    ("courses.activity_left", _("Activity left course"), _("%(activity)s now belongs to another course")),
)


def register_codes() -> None:
    for code, label, message in _CODES:
        register(code, label, message)
