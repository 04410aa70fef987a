"""cmi5 at work: launching assignable units, taking their statements by the rules, and what follows for the course.

What an AU may do is bound to its session: one registration, one actor, one activity, until it ends.
"""
