"""Index for Django: the rows of every room."""

from people.accounts.models import User
from people.appointments.models import Appointment
from people.credentials.models import OneTimeCard
from people.groups.models import GroupMembership, LearnerGroup
from people.learners.models import Learner
from people.organizations.models import Organization, OrganizationPlacement
from people.preferences.models import ReadingPreferences
from people.roles.models import RoleAssignment
from people.seats.models import Seat

__all__ = [
    "Appointment",
    "GroupMembership",
    "Learner",
    "LearnerGroup",
    "OneTimeCard",
    "Organization",
    "OrganizationPlacement",
    "ReadingPreferences",
    "RoleAssignment",
    "Seat",
    "User",
]
