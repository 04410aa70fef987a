"""How a class is called."""

_STAGES = {"P": "{}年", "J": "{}年", "H": "{}年", "E": "{}歳児"}


def class_label(grade: str, class_name: str) -> str:
    """``J1`` and ``1組`` → ``1年1組``; a class over several grades has only its name."""
    stage = _STAGES.get(grade[:1], "") if grade[1:].isdigit() else ""
    return stage.format(grade[1:]) + class_name


# OneRoster grades as schools here use them.
GRADES = (
    *(f"E{year}" for year in range(3, 6)),
    *(f"P{year}" for year in range(1, 7)),
    *(f"J{year}" for year in range(1, 4)),
    *(f"H{year}" for year in range(1, 4)),
)
_SCHOOLS = {"P": "小学{}年", "J": "中学{}年", "H": "高校{}年", "E": "{}歳児"}


def grade_label(grade: str) -> str:
    """``J1`` → ``中学1年``; empty for what is no grade."""
    return _SCHOOLS[grade[0]].format(grade[1:]) if grade in GRADES else ""


def next_grade(grade: str) -> str:
    """The grade a year later at the same school; empty after the last one."""
    following = f"{grade[:1]}{int(grade[1:]) + 1}" if grade in GRADES else ""
    return following if following in GRADES else ""
