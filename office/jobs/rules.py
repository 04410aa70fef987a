"""When a job that keeps failing is given up (pure)."""

# Tries of one asking: a person who asks again gets as many anew.
TRIES_AT_ONCE = 5


def is_last_try(tries: int) -> bool:
    """``tries`` counts from 1 and only ever grows, also over several askings."""
    return tries > 0 and tries % TRIES_AT_ONCE == 0
