"""SCORM 1.2 and 2004 at work: the player on the package host, what it commits, and the attempts that come of it.

Each commit of a SCO is kept as it came (``ScormCommit``); where the learner stands (``ScormState``) and the attempts are
projections of that log, made by the pure rules of this room, so that the same log gives the same attempts.
"""
