"""Who did what: entries of Wagtail's log, with a sentence for each kind of action."""
