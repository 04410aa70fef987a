"""cmi5 course structures (specification, 13 and 14), read without Django: ``read_structure`` gives the tree of a cmi5.xml.

Strict where the specification is: the namespace, required ids, titles and addresses, the words of ``moveOn`` and
``launchMethod``. Elements of other namespaces are passed over, as 13.1.5 allows.
"""

from courses.packages.cmi5.findings import Finding
from courses.packages.cmi5.reading import NAMESPACE, read_structure
from courses.packages.cmi5.structure import AU_NAME, Au, Block, Course, is_absolute

__all__ = ["AU_NAME", "NAMESPACE", "Au", "Block", "Course", "Finding", "is_absolute", "read_structure"]
