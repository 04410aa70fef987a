"""A numbered seat of a course, at which somebody learns without an account."""

from django.db import models

from people.learners.models import Learner


class Seat(models.Model):
    """The code with which a browser goes on as the seat's learner.

    The number and the course stand in the learner's membership of the group. The code opens nothing but the learning of
    this seat, and only while nobody stands behind it, so that it is kept as it is printed.
    """

    learner = models.OneToOneField(Learner, on_delete=models.PROTECT, related_name="seat")
    code = models.CharField(max_length=12, unique=True)

    def __str__(self) -> str:
        return self.code
