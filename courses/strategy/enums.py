"""Words of the strategy tree."""

from enum import StrEnum


class NodeKind(StrEnum):
    PHILOSOPHY = "philosophy"  # 理念
    GOAL = "goal"  # 目標
    SUBGOAL = "subgoal"
    PREMISE = "premise"  # 前提
    MEASURE_GROUP = "measure_group"
    MEASURE = "measure"  # 施策
    SUPPORT = "support"
    BODY = "body"
    ROLE = "role"
    STEP = "step"
    CONTEXT = "context"  # background, definitions, examples
    SCHEDULE = "schedule"
    HEADING = "heading"


class NodeStatus(StrEnum):
    ACTIVE = "active"
    RETIRED = "retired"  # a code once used stays
