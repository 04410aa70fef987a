"""What came of packages, for teachers, for those who answer for staff, and in totals for authors.

Teachers see what a pupil answered; those who answer for staff see results of what was assigned and no answers; authors
see totals without names. A course without scores shows none here either.
"""
