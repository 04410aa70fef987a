"""Kinds of units and how far a body has joined."""

from enum import StrEnum


class OrganizationKind(StrEnum):
    PREFECTURE = "prefecture"
    BUREAU = "bureau"
    DIVISION = "division"
    SECTION = "section"
    MUNICIPALITY = "municipality"
    BOARD_OF_EDUCATION = "board_of_education"
    SCHOOL = "school"
    COMMUNITY_CENTER = "community_center"
    CONFERENCE = "conference"
    POLICE = "police"
    OTHER = "other"


# A body keeps its own people and settings; everything else is a unit inside one.
BODIES = (OrganizationKind.PREFECTURE, OrganizationKind.MUNICIPALITY)
