"""What a key of another system opens, in the words of xAPI 1.0.3 (Part Three, 4.2: scopes)."""

from enum import StrEnum


class LrsScope(StrEnum):
    STATEMENTS_WRITE = "statements/write"
    STATEMENTS_READ_MINE = "statements/read/mine"  # what this system itself put in
    STATEMENTS_READ = "statements/read"  # what any other system put in
    STATE = "state"
    PROFILE = "profile"
    DEFINE = "define"  # its definitions of activities become the ones that everybody gets
    ALL_READ = "all/read"  # everything, the record of our own learners too
    ALL = "all"
