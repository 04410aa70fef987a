"""How a class is called."""

_STAGES = {"P": "{}年", "J": "{}年", "H": "{}年", "E": "{}歳児"}


def class_label(grade: str, class_name: str) -> str:
    """``J1`` and ``1組`` → ``1年1組``; a class over several grades has only its name."""
    stage = _STAGES.get(grade[:1], "") if grade[1:].isdigit() else ""
    return stage.format(grade[1:]) + class_name
