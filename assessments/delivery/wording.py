"""What a learner reads when an answer could not be taken."""

from django.utils.translation import gettext_lazy as _

from assessments.marking.enums import AnswerFault
from assessments.marking.rules import TEXT_LIMIT

FAULTS = {
    AnswerFault.UNKNOWN_CHOICE: _(
        "This choice does not belong to the question. Your earlier answer is kept. Open the page again and choose once more."
    ),
    AnswerFault.TOO_MANY: _("Only one choice is possible here. Your earlier answer is kept. Choose one."),
    AnswerFault.SAME_PLACE: _(
        "The same number was chosen twice. Your earlier answer is kept. Give each one its own number."
    ),
    AnswerFault.BROKEN_TEXT: _(
        "Some characters did not arrive correctly. Your earlier answer is kept. Please type the answer again."
    ),
    AnswerFault.WRONG_TYPE: _(
        "The answer could not be read. Your earlier answer is kept. Open the page again and answer once more."
    ),
}


def fault_text(fault: AnswerFault) -> str:
    if fault == AnswerFault.TOO_LONG:
        return _(
            "The answer is too long. Your earlier answer is kept. Please shorten it to %(limit)s characters."
        ) % {"limit": f"{TEXT_LIMIT:,}"}
    return str(FAULTS[fault])
