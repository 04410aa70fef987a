"""What this package announces. It imports nothing: what stands above subscribes in ``apps.ready()``."""

from django.dispatch import Signal

# Sent once for each submitted attempt, inside the transaction that marked it (an error in a receiver undoes the
# submission). Arguments: attempt (Attempt, marked), at (aware datetime), by (User or None).
attempt_graded = Signal()
