"""SCORM 1.2 and 2004 manifests, read without Django: ``read_manifest`` gives the outline of what can be launched.

Tolerant where real tools slip (a folder around everything, namespaces, backslashes, case of names), strict where a
stranger's XML could harm (entities and external references are refused by defusedxml).
"""

from courses.packages.scorm.manifest import read_manifest
from courses.packages.scorm.outline import Item, Manifest, ManifestError, Sco, Warned

__all__ = ["Item", "Manifest", "ManifestError", "Sco", "Warned", "read_manifest"]
