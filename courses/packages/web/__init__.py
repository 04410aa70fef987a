"""Packages that are web pages of strangers (SCORM, cmi5): read from a zip archive, file by file (plain Python).

They are served from a host name of their own and may hold scripts; nothing in them is ever run on a server.
"""

from courses.packages.web.problems import WebCode, WebFound, WebProblems
from courses.packages.web.reading import WebFile, WebPackage, open_package

__all__ = ["WebCode", "WebFile", "WebFound", "WebPackage", "WebProblems", "open_package"]
