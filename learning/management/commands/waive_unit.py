"""``manage.py waive_unit``: a part of a cmi5 course counts as met by other means (9.3.7)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from learning.cmi5.actions import UnknownAu, waive
from learning.cmi5.enums import WaivedReason
from learning.cmi5.models import Cmi5Registration


class Command(BaseCommand):
    help = (
        "Lets one AU of a learner's cmi5 registration count as met, with a reason that stands in the record."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("registration", help="UUID of the registration, as the record has it")
        parser.add_argument("unit", help="the AU's id in cmi5.xml")
        parser.add_argument("--reason", default=WaivedReason.ADMINISTRATIVE, choices=[*WaivedReason])

    def handle(self, *args: Any, **options: Any) -> None:
        related = ("activity", "enrollment__learner", "enrollment__course", "version__package")
        rows = Cmi5Registration.objects.select_related(*related)
        try:
            registration = rows.get(uuid=options["registration"])
            reason = WaivedReason(options["reason"])
            is_new = waive(
                registration=registration, au=options["unit"], reason=reason, by=None, at=timezone.now()
            )
        except (Cmi5Registration.DoesNotExist, ValueError) as error:
            raise CommandError(f"no registration {options['registration']}") from error
        except UnknownAu as error:
            raise CommandError(f"no unit {options['unit']} in this course") from error
        self.stdout.write("waived" if is_new else "waived already; nothing was changed")
