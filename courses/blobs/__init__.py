"""Files of packages, stored once by what is in them.

A blob is never changed: its name is the SHA-256 of its bytes, so that two packages with the same picture share
one file, an address with the hash in it can be cached for ever, and an import that was killed leaves nothing
but files that the sweep takes away.
"""
