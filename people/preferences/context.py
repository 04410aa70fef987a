"""Template context: ``reading``, how this reader reads."""

from typing import Any

from django.http import HttpRequest


def reading(request: HttpRequest) -> dict[str, Any]:
    return {"reading": getattr(request, "reading", None)}
