"""Packages at work: who opened one, what it said, where it stood, and the attempts that came of it.

What a package says is kept as it came (``PackageEvent``) in erasable rows; what counts of it passes ``record_result``
like everything else. Attempts are a projection of the events and can be made anew from them.
"""
