"""Every component in each of its states, for developers."""
