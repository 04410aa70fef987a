"""Addresses that are given to an AU (8.1), and the origin that it speaks from."""

import json
from urllib.parse import urlencode, urljoin, urlsplit, urlunsplit

from django.conf import settings
from django.urls import reverse

from courses.packages.cmi5 import Au
from courses.packages.hosting import file_address
from courses.packages.models import PackageVersion
from learning.cmi5.models import Cmi5Session
from learning.cmi5.saying import ids_of, speaker
from learning.cmi5.tokens import fetch_key


def absolute(path: str) -> str:
    return urljoin(settings.SITE_BASE_URL + "/", path)


def endpoint() -> str:
    return absolute(reverse("learning:xapi_about").removesuffix("about"))


def au_address(version: PackageVersion, au: Au) -> str:
    """Where an AU is, without launch parameters: its own host, or the file on the packages' host."""
    if not au.path:
        return au.url
    query, mark, fragment = au.url.partition("?")[2].partition("#")
    if not query:
        fragment, mark = au.url.partition("#")[2], "#" if "#" in au.url else ""
    address = absolute(file_address(version, au.path))
    return address + (f"?{query}" if query else "") + mark + fragment


def origin_of(address: str) -> str:
    """As a browser writes it in the header Origin."""
    parts = urlsplit(address)
    default = {"https": 443, "http": 80}.get(parts.scheme)
    port = f":{parts.port}" if parts.port and parts.port != default else ""
    return f"{parts.scheme.lower()}://{(parts.hostname or '').lower()}{port}"


def launch_address(session: Cmi5Session, au: Au) -> str:
    """8.1: the AU's address with endpoint, fetch, actor, registration and activityId."""
    registration = session.registration
    parameters = {
        "endpoint": endpoint(),
        "fetch": absolute(reverse("learning:cmi5_fetch", args=[fetch_key(session.uuid)])),
        "actor": json.dumps(speaker(registration, session.uuid).actor),
        "registration": str(registration.uuid),
        "activityId": ids_of(registration).au(au.id),
    }
    parts = urlsplit(au_address(registration.version, au))
    query = "&".join(filter(None, [parts.query, urlencode(parameters)]))
    return urlunsplit(parts._replace(query=query))


def return_address(session: Cmi5Session) -> str:
    """The page that the learner came from."""
    launch = session.launch
    place = launch.activity.parent if launch.activity.parent_id else launch.activity
    return absolute((place and place.url) or launch.enrollment.course.url or "/")
