"""What the audit log calls the changes that this package makes. ``%(…)s`` are keys of an entry's data."""

from django.utils.translation import gettext_lazy as _

from office.audit.actions import register

register("people.user_created", _("Add a person"), _("Added a person: %(login_id)s"))
register("people.password_chosen", _("Choose a password"), _("Chose a new password"))
register("people.unit_created", _("Add a unit"), _("Added a unit: %(code)s"))
register("people.unit_placed", _("Move a unit"), _("Moved a unit, from %(on)s"))
register("people.unit_ended", _("End a unit"), _("Ended a unit, from %(on)s"))
register("people.body_joined", _("Join"), _("The body takes part from %(on)s"))
register(
    "people.municipalities_loaded",
    _("Load municipalities"),
    _("Loaded municipalities: %(created)s new, %(updated)s changed"),
)
register("people.learner_claimed", _("Claim a guest's record"), _("Put a person behind a guest's record"))
register("people.appointed", _("Appoint"), _("Recorded a post: %(unit)s %(post)s, from %(from)s"))
register("people.appointment_ended", _("End a post"), _("Ended a post: %(unit)s %(post)s, over from %(on)s"))
register(
    "people.appointment_continued", _("Continue a post"), _("Took back the end of a post: %(unit)s %(post)s")
)
register(
    "people.appointment_withdrawn",
    _("Withdraw a post"),
    _("Withdrew a post that was entered by mistake: %(unit)s %(post)s, from %(from)s"),
)
register("people.group_created", _("Add a class or group"), _("Added a class or group"))
register("people.group_changed", _("Change a class or group"), _("Changed a class or group: %(name)s"))
register(
    "people.member_stays", _("Take the end of a membership back"), _("Took the end of a membership back")
)
register(
    "people.group_rolled_over", _("Go on to the next year"), _("%(count)s went on to the next year: %(name)s")
)
register("people.seats_made", _("Make seats"), _("Made %(count)s seats"))
register("people.member_added", _("Add a member"), _("Added a member, from %(from)s"))
register("people.member_left", _("End a membership"), _("Ended a membership, from %(on)s"))
register("people.role_granted", _("Give a role"), _("Gave a role: %(role)s over %(scope)s, from %(from)s"))
register("people.role_ended", _("End a role"), _("Ended a role: %(role)s over %(scope)s, from %(to)s"))
register("people.card_issued", _("Issue a one-time card"), _("Issued a one-time card"))
register("people.card_redeemed", _("Use a one-time card"), _("Chose a password with a one-time card"))
