"""Packages that authors bring: H5P and SCORM files, their libraries, versions and imports.

``h5p/`` is a pure core that could live on its own; the rest of the room is the Django side around it.
"""
