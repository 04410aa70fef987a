"""Quizzes of our own as .h5p files, to be played in other systems."""
