"""Handing statements on to a Learning Record Store outside, in order, once each."""
