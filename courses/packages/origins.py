"""The host name of their own that packages are played on (pure).

Another port of the same host would not do: cookies do not know ports.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

_NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*")
# Each package below a name of its own, where the operator has a wildcard for it.
_EACH = "*."


class BadOrigin(ValueError):
    """The address cannot be the packages' host; the text says why."""


@dataclass(frozen=True, slots=True)
class PackagesOrigin:
    """``scheme://host[:port]``; ``is_split``: each package has a name of its own below ``host``."""

    scheme: str
    host: str
    port: int | None = None
    is_split: bool = False

    def of(self, package: UUID) -> str:
        """The origin that one package is played on, without a slash at the end."""
        return self._written(f"{label_of(package)}.{self.host}" if self.is_split else self.host)

    @property
    def source(self) -> str:
        """As a source of a content security policy."""
        return self._written(f"{_EACH}{self.host}" if self.is_split else self.host)

    @property
    def allowed_host(self) -> str:
        """As Django's ALLOWED_HOSTS has it."""
        return f".{self.host}" if self.is_split else self.host

    def owns(self, host: str) -> bool:
        """Whether a request for ``host`` (lower case, without port or dot at its end) is one for packages."""
        return host == self.host or (self.is_split and host.endswith(f".{self.host}"))

    def plays(self, host: str, package: UUID) -> bool:
        """Whether just this package is played on ``host``."""
        return host == (f"{label_of(package)}.{self.host}" if self.is_split else self.host)

    def _written(self, host: str) -> str:
        return f"{self.scheme}://{host}" + (f":{self.port}" if self.port else "")


def label_of(package: UUID) -> str:
    """The name of one package below the packages' host."""
    return f"p{package.hex}"


def read_origin(text: str, *, site: str) -> PackagesOrigin | None:
    """None for an empty ``text``: there is no host for packages. ``site`` is the address of the site itself.

    Raises BadOrigin for anything but ``http(s)://name[:port]`` (the name may begin with ``*.``), and for a name that
    the site has itself.
    """
    if not text:
        return None
    split = text.replace(_EACH, "each.", 1) if f"://{_EACH}" in text else text
    try:
        parts, port = urlsplit(split), urlsplit(split).port
    except ValueError as error:
        raise BadOrigin(f"{text!r} is no address") from error
    whole = parts.scheme in {"http", "https"} and parts.path in {"", "/"}
    if not whole or parts.query or parts.fragment or "@" in parts.netloc:
        raise BadOrigin(f"{text!r} must be http(s)://name or http(s)://name:port and nothing more")
    host = (parts.hostname or "").removeprefix("each.") if split != text else parts.hostname or ""
    if not _NAME.fullmatch(host):
        raise BadOrigin(f"{text!r} has no name of a host that can be used")
    origin = PackagesOrigin(parts.scheme, host, port, is_split=split != text)
    if origin.owns((urlsplit(site).hostname or "").rstrip(".")):
        raise BadOrigin(
            f"{text!r} has the name of the site: packages could read its cookies, whatever the port"
        )
    return origin
