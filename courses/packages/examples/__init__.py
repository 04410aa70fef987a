"""Example packages of our own: three H5P content types with one package each, and two SCORM packages.

The sources stand here as folders; ``builder`` makes the files. Nothing here needs Django.
"""
