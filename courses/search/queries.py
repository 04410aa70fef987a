"""The list of courses: what a query finds, and how many there are of each kind. Three queries, however many courses."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Q, Value, When

from courses.catalog.enums import Scoring, Track
from courses.catalog.models import Course, page_url
from courses.search.rules import MinutesBucket, bucket_of, words_of
from courses.strategy.enums import NodeKind, NodeStatus
from courses.strategy.models import StrategyNode

_MEASURES = (NodeKind.MEASURE, NodeKind.PREMISE)


@dataclass(frozen=True)
class Filters:
    """What the reader asked for; empty means everything. ``measure`` is a code of the strategy."""

    q: str = ""
    track: str = ""
    tier: str = ""
    audience: str = ""
    minutes: str = ""
    measure: str = ""

    @classmethod
    def of(cls, data: Mapping[str, str]) -> "Filters":
        return cls(**{field.name: data.get(field.name, "").strip() for field in fields(cls)})

    @property
    def is_empty(self) -> bool:
        return self == Filters()


@dataclass(frozen=True)
class Card:
    """A course in the list. ``title`` and ``promise`` (its first objective) are marked text."""

    id: int
    code: str
    title: str
    promise: str
    track: Track
    tier: str
    audience: str
    minutes: int
    url: str
    is_mandatory: bool
    is_open: bool
    is_scored: bool
    rank: int = 0
    measures: frozenset[str] = frozenset()

    def values(self, facet: str) -> Iterable[str]:
        """What the course counts for in a facet."""
        if facet == "measure":
            return self.measures
        if facet == "minutes":
            return (bucket_of(self.minutes).value,)
        return (str(getattr(self, facet)),)


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    name: str
    choices: tuple[Choice, ...]

    @property
    def is_useful(self) -> bool:
        """A choice of one is none, unless it is made."""
        return len(self.choices) > 1 or any(choice.is_chosen for choice in self.choices)


@dataclass(frozen=True)
class Listing:
    """``total``: courses that this reader could find at all."""

    filters: Filters
    cards: tuple[Card, ...]
    facets: tuple[Facet, ...]
    total: int


_FACETS = ("track", "tier", "audience", "minutes", "measure")


def listing(user: AbstractBaseUser | AnonymousUser, filters: Filters) -> Listing:
    """Offered courses that this reader may see. A filter that no course has is left aside."""
    measures = _measures(user)
    cards = _cards(user, measures)
    known = {name: _in_order(name, cards) for name in _FACETS}
    if filters.track in list(Track) and filters.track not in known["track"]:
        known["track"].append(filters.track)  # the front door leads here also where a visitor sees none
    filters = replace(filters, **{name: "" for name in _FACETS if getattr(filters, name) not in known[name]})
    found = _found(cards, filters.q)
    titles = {code: title for nodes in measures.values() for code, title in nodes}
    return Listing(
        filters=filters,
        cards=tuple(card for card in found if _fits(card, filters)),
        facets=tuple(_facet(name, known[name], found, filters, titles) for name in _FACETS),
        total=len(cards),
    )


def _cards(
    user: AbstractBaseUser | AnonymousUser, measures: Mapping[int, list[tuple[str, str]]]
) -> list[Card]:
    rows = Course.objects.visible_to(user).exclude(page_path="").order_by("order", "code")
    columns = (
        "pk",
        "code",
        "title",
        "title_ruby",
        "objectives",
        "track",
        "tier",
        "audience",
        "minutes",
        "page_path",
    )
    flags = ("is_mandatory", "open_to_guests", "scoring")
    return [
        Card(
            id=row.pk,
            code=row.code,
            title=row.title_ruby or row.title,
            promise=row.objectives[0] if row.objectives else "",
            track=Track(row.track),
            tier=row.tier,
            audience=row.audience,
            minutes=row.minutes,
            url=page_url(row.page_path),
            is_mandatory=row.is_mandatory,
            is_open=row.open_to_guests,
            is_scored=row.scoring == Scoring.SCORED,
            measures=frozenset(code for code, _title in measures.get(row.pk, ())),
        )
        for row in rows.only(*columns, *flags)
    ]


def _measures(user: AbstractBaseUser | AnonymousUser) -> dict[int, list[tuple[str, str]]]:
    """Course id → (code, title) of the measures and premises that it serves."""
    nodes = StrategyNode.objects.filter(kind__in=_MEASURES, status=NodeStatus.ACTIVE, plan__is_current=True)
    pairs = nodes.filter(courses__in=Course.objects.visible_to(user)).order_by("order")
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for course_id, code, title in pairs.values_list("courses__pk", "code", "title"):
        found[course_id].append((code, title))
    return found


def _found(cards: list[Card], query: str) -> list[Card]:
    """Courses with all the words; those with them in the title come first."""
    words = words_of(query)
    if not words:
        return cards
    everywhere, in_title = Q(), Q()
    for word in words:
        everywhere &= Q(search_entry__text__contains=word)
        in_title &= Q(search_entry__title__contains=word)
    rank = Case(When(in_title, then=Value(0)), default=Value(1))
    ids = [card.id for card in cards]
    ranks = dict(Course.objects.filter(everywhere, pk__in=ids).annotate(rank=rank).values_list("pk", "rank"))
    found = [replace(card, rank=ranks[card.id]) for card in cards if card.id in ranks]
    return sorted(found, key=lambda card: card.rank)


def _fits(card: Card, filters: Filters, leave_out: str = "") -> bool:
    """``leave_out``: a facet counts what there would be if its own choice were another."""
    return all(
        not (wanted := getattr(filters, name)) or wanted in card.values(name)
        for name in _FACETS
        if name != leave_out
    )


_ORDERS: Mapping[str, Callable[[str], int]] = {
    "track": [track.value for track in Track].index,
    "minutes": [bucket.value for bucket in MinutesBucket].index,
}


def _in_order(name: str, cards: Iterable[Card]) -> list[str]:
    """The values that occur, in their own order where they have one, else in that of the courses."""
    values = list(dict.fromkeys(value for card in cards for value in sorted(card.values(name)) if value))
    return sorted(values, key=_ORDERS[name]) if name in _ORDERS else values


def _facet(
    name: str, values: list[str], found: list[Card], filters: Filters, titles: Mapping[str, str]
) -> Facet:
    counts = Counter(value for card in found if _fits(card, filters, name) for value in card.values(name))
    chosen = getattr(filters, name)
    if name == "measure":
        values = [code for code in titles if code in values]
    return Facet(
        name=name,
        choices=tuple(
            Choice(value, titles.get(value, value), counts[value], value == chosen) for value in values
        ),
    )
