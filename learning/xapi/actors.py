"""Agents, groups and how two of them are told to be the same (Part Two, 2.4.2)."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from learning.xapi.checks import Check, Invalid, Shape, iri, list_of, mailto, must_be, one_of, sha1, string

IFIS = ("mbox", "mbox_sha1sum", "openid", "account")

_account = Shape("an account", {"homePage": iri, "name": string}, ("homePage", "name"))
_identifiers: dict[str, Check] = {
    "name": string,
    "mbox": mailto,
    "mbox_sha1sum": sha1,
    "openid": iri,
    "account": _account,
}
_agent = Shape("an agent", {"objectType": one_of("Agent"), **_identifiers})


def agent(value: Any) -> None:
    """An agent with exactly one inverse functional identifier."""
    _agent(value)
    _one_identifier(value, "an agent")


_members = list_of(agent)
_group = Shape(
    "a group", {"objectType": one_of("Group"), "member": _members, **_identifiers}, ("objectType",)
)


def group(value: Any) -> None:
    """An identified group (one identifier) or an anonymous one (members and no identifier)."""
    _group(value)
    if any(name in value for name in IFIS):
        _one_identifier(value, "an identified group")
    elif not value.get("member"):
        raise Invalid("a group without an identifier must have members")


def actor(value: Any) -> None:
    """An agent or a group; without an objectType it is an agent."""
    if type(value) is not dict:
        raise must_be("an object (an agent or a group)", value)
    if value.get("objectType") == "Group":
        group(value)
    else:
        agent(value)


def authority(value: Any) -> None:
    """An agent, or a group of two agents (OAuth); it is checked and then replaced by the server's own."""
    actor(value)
    if value.get("objectType") == "Group":
        if any(name in value for name in IFIS):
            raise Invalid("a group as an authority must not be identified")
        if len(value["member"]) != 2:
            raise Invalid("a group as an authority must have exactly two members")


def actor_key(value: dict[str, Any]) -> UUID | None:
    """What two actors have in common when they are the same one; None for an anonymous group.

    A digest, because an identifier may be long; agents and groups with the same identifier are the same (2.4.2).
    """
    for name in IFIS:
        held = value.get(name)
        if held is not None:
            text = f"{held['homePage']}\x00{held['name']}" if name == "account" else str(held)
            return digest("actor", name, text.lower() if name == "mbox_sha1sum" else text)
    return None


def digest(*parts: str) -> UUID:
    """128 bits of SHA-256: the key by which the index finds what statements name."""
    return UUID(bytes=sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).digest()[:16])


def _one_identifier(value: dict[str, Any], what: str) -> None:
    found = [name for name in IFIS if name in value]
    if len(found) != 1:
        raise Invalid(f"{what} must have exactly one of {', '.join(IFIS)}; this one has {len(found)}")
