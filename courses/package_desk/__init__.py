"""Packages and their libraries in the Wagtail admin: bring, look, set, replace, take away."""
