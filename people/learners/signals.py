"""Announcements: who needs to know subscribes in ``apps.ready()``."""

from django.dispatch import Signal

# Sent once a guest, inside the transaction of the claim: ``learner`` (with its person by now), ``user``, ``by``, ``at``.
learner_claimed = Signal()
