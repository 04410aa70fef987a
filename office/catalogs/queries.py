"""How complete a package's catalogue is."""

from dataclasses import dataclass, field

from babel.messages.catalog import Catalog, Message

from office.catalogs.extraction import Found, Key, messages_of
from office.catalogs.files import PackageFiles, read_catalog
from office.catalogs.rules import keeps_placeholders


@dataclass
class Review:
    """What is wrong with one package's catalogue; ``places`` are "file:line" or .po names."""

    package: str
    total: int = 0
    missing: list[Found] = field(default_factory=list)
    untranslated: list[str] = field(default_factory=list)
    obsolete: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    conflicting: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        return not (self.missing or self.untranslated or self.obsolete or self.broken or self.conflicting)


def review(package: PackageFiles) -> Review:
    """Compares what the code asks for with what all .po files of the package hold."""
    asked = messages_of(package)
    report = Review(package.name, total=len(asked))
    held = _held(package, report)
    report.missing = [found for key, found in asked.items() if key not in held]
    report.obsolete = sorted(key[0] for key in held if key not in asked)
    for key, message in held.items():
        if key in asked:
            _judge(message, key[0], report)
    return report


def entries(catalog: Catalog) -> list[Message]:
    """The messages of a catalogue without its header."""
    return [message for message in catalog if message.id]


def is_translated(message: Message) -> bool:
    """Whether every form has a text that a person has approved."""
    return not message.fuzzy and bool(_strings(message)) and all(_strings(message))


def _held(package: PackageFiles, report: Review) -> dict[Key, Message]:
    """Each message once: a translated entry wins over an empty one in another file."""
    held: dict[Key, Message] = {}
    for path in package.po_files:
        for message in entries(read_catalog(path)):
            first = held.setdefault(_key(message), message)
            if not is_translated(first):
                held[_key(message)] = message
            elif is_translated(message) and message.string != first.string:
                report.conflicting.append(f"{path.name}: {_key(message)[0]}")
    return held


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _key(message: Message) -> Key:
    forms = message.id
    return (forms if isinstance(forms, str) else forms[0]), message.context


def _judge(message: Message, msgid: str, report: Review) -> None:
    originals = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    if not is_translated(message):
        report.untranslated.append(msgid)
    elif not all(keeps_placeholders(originals, text) for text in _strings(message)):
        report.broken.append(msgid)
