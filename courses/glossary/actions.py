"""Loading the shipped words."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import yaml
from django.db import transaction

from courses.glossary.models import Term

TERMS_FILE = Path(__file__).parent / "data" / "terms.yaml"


@dataclass(frozen=True)
class LoadReport:
    created: int
    unchanged: int

    @property
    def changed(self) -> bool:
        return bool(self.created)


@transaction.atomic
def load_terms(*, at: datetime, path: Path = TERMS_FILE) -> LoadReport:
    """Adds the words that are missing. A word that is there stays as a person wrote it."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    known = set(Term.objects.values_list("word", flat=True))
    created = Term.objects.bulk_create(Term(**entry) for entry in entries if entry["word"] not in known)
    return LoadReport(len(created), len(entries) - len(created))
