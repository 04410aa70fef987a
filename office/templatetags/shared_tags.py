"""``{% load shared_tags %}``: what is the same for everybody is drawn once, what is one person's is drawn each time.

``{% shared by KEY … with NAME NAME=VALUE … %}…{% personal %}…{% endpersonal %}…{% endshared %}``
    The inside sees the variables behind ``with`` and nothing else, neither the request nor the person, so that nothing
    personal can stay in it. The keys must say everything that it follows from; language, address prefix and the place in
    the template are part of the key of themselves. A key that is missing or None: nothing is kept.
    ``personal`` sees the variables from outside ``shared`` and not those that the inside made.

``{% rows LIST by KEY … with … done=IDS current=ID %}…{% endrows %}``
    The lines of a list, of which only the marks are a person's. The inside is drawn once for each way a line may look;
    it sees ``row``, ``is_done`` and ``is_current`` (whether ``row.id`` is among the ids) besides what ``with`` names.
"""

import re
from collections.abc import Callable
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.urls import get_script_prefix
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from office.kept.rules import Kept

register = template.Library()

_kept = Kept(size=1000, seconds=60 * 60)
_MARK = re.compile("\x00(\\d+)\x00")
_SLOTS = "_personal_slots"

Named = dict[str, FilterExpression]


class _Isolated(template.Node):
    """What both tags share: keys, and a context that holds the named variables alone."""

    def __init__(self, nodelist: NodeList, keys: list[FilterExpression], named: Named) -> None:
        self.nodelist, self._keys, self._named = nodelist, keys, named

    def _key(self, context: Context) -> tuple[Any, ...] | None:
        """None: nothing may be kept. The node itself stands for the place in the template as it was loaded."""
        values = tuple(key.resolve(context, ignore_failures=True) for key in self._keys)
        if settings.DEBUG or any(value is None for value in values):
            return None
        return (self, get_language(), get_script_prefix(), *values)

    def _inside(self, context: Context, **more: Any) -> Context:
        values = {name: value.resolve(context) for name, value in self._named.items()}
        inside = Context({**values, **more}, autoescape=context.autoescape)
        inside.template = context.template
        return inside


class SharedNode(_Isolated):
    """Texts and, between them, the places of what is personal."""

    def render(self, context: Context) -> SafeString:
        key = self._key(context)
        if key is None or hasattr(context, _SLOTS):
            with context.push(**{name: value.resolve(context) for name, value in self._named.items()}):
                return self.nodelist.render(context)
        texts, slots = _kept.get(key, lambda: self._drawn(context))
        if not slots:
            return mark_safe(texts[0])
        parts = [
            text
            for pair in zip(texts, (slot.render(context) for slot in slots), strict=False)
            for text in pair
        ]
        return mark_safe("".join(parts) + texts[-1])

    def _drawn(self, context: Context) -> tuple[list[str], list[NodeList]]:
        inside = self._inside(context)
        slots: list[NodeList] = []
        setattr(inside, _SLOTS, slots)
        parts = _MARK.split(self.nodelist.render(inside))
        return parts[::2], [slots[int(number)] for number in parts[1::2]]


class PersonalNode(template.Node):
    """Leaves its place empty while the shared text around it is drawn."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        slots: list[NodeList] | None = getattr(context, _SLOTS, None)
        if slots is None:
            return self.nodelist.render(context)
        slots.append(self.nodelist)
        return mark_safe(f"\x00{len(slots) - 1}\x00")


class RowsNode(_Isolated):
    """Each line is kept in the ways that somebody has seen it so far."""

    def __init__(
        self, nodelist: NodeList, rows: FilterExpression, keys: list[FilterExpression], named: Named
    ) -> None:
        self._done, self._current = named.pop("done", None), named.pop("current", None)
        super().__init__(nodelist, keys, named)
        self._rows = rows

    def render(self, context: Context) -> SafeString:
        key = self._key(context)
        looks: dict[tuple[Any, bool, bool], str] = {} if key is None else _kept.get(key, dict)
        done = (self._done.resolve(context, ignore_failures=True) if self._done else None) or ()
        current = self._current.resolve(context, ignore_failures=True) if self._current else None
        lines = []
        for number, row in enumerate(self._rows.resolve(context, ignore_failures=True) or ()):
            look = (number, row.id in done, row.id == current)
            if look not in looks:
                looks[look] = self._line(context, row, look)
            lines.append(looks[look])
        return mark_safe("".join(lines))

    def _line(self, context: Context, row: Any, look: tuple[Any, bool, bool]) -> str:
        return str(self.nodelist.render(self._inside(context, row=row, is_done=look[1], is_current=look[2])))


@register.tag
def shared(parser: Parser, token: Token) -> SharedNode:
    keys, named = _arguments(parser, token, after="shared")
    return SharedNode(_until(parser, "endshared"), keys, named)


@register.tag
def rows(parser: Parser, token: Token) -> RowsNode:
    name, *rest = token.split_contents()
    if not rest:
        raise template.TemplateSyntaxError(f"{name} needs a list")
    keys, named = _arguments(parser, token, after=rest[0])
    return RowsNode(_until(parser, "endrows"), parser.compile_filter(rest[0]), keys, named)


@register.tag
def personal(parser: Parser, token: Token) -> PersonalNode:
    return PersonalNode(_until(parser, "endpersonal"))


def _until(parser: Parser, end: str) -> NodeList:
    inside = parser.parse((end,))
    parser.delete_first_token()
    return inside


def _arguments(parser: Parser, token: Token, *, after: str) -> tuple[list[FilterExpression], Named]:
    """``by a b with c d=e`` → the keys a and b; c as it is named outside, e under the name d."""
    bits = token.split_contents()
    bits = bits[bits.index(after) + 1 :]
    if not bits or bits[0] != "by":
        raise template.TemplateSyntaxError(f"{token.contents}: say by what it is kept: by KEY … with NAME …")
    end = bits.index("with") if "with" in bits else len(bits)
    compiled: Callable[[str], FilterExpression] = parser.compile_filter
    named = {
        name: compiled(value or name)
        for name, _sign, value in (bit.partition("=") for bit in bits[end + 1 :])
    }
    if end == 1:
        raise template.TemplateSyntaxError(f"{token.contents}: without a key every reader would get the same")
    return [compiled(bit) for bit in bits[1:end]], named
