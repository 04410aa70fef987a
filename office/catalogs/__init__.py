"""Message catalogues without gettext programs: collected, compared and compiled by Babel."""
