"""What progress announces; certificates and tallies listen, so that progress need not know them.

``course_completed``: after the commit; kwargs ``completion_id``, ``course``, ``at``.
``completion_voided``: inside the transaction; kwargs ``completion``, ``by``, ``reason``, ``at``.
"""

from django.dispatch import Signal

course_completed = Signal()
completion_voided = Signal()
