"""Every address of ours, and what three people find behind it.

visitor   nobody signed in
outsider  渡辺 健一 of 郡山市, signed in
insider   somebody of 福島市 who knows that the thing exists but has no right to it: hanako, or her 課長 for what is hers

403 for the outsider = said before anything is looked up, the same for every id, because no role of theirs opens such a
page at all; whoever has the role elsewhere gets 404 (tests of the rooms).
200 = open to everybody by design; 302 = to sign-in, or on; 405 = the wrong method, said after the door let them in.
A new address must get a line here, or ``test_doors`` fails.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Things:
    """Ids of real things behind the addresses, all of 福島市."""

    hanako: str
    group: str
    course: str
    lesson: str
    quiz: str
    attempt: str
    assignment: str
    certificate: str
    code: str
    job: str
    post: str
    role: str
    block: str = "11111111-1111-1111-1111-111111111111"
    lrs_client: str = "11111111-1111-1111-1111-111111111111"
    lrs_letter: str = "1"


@dataclass(frozen=True)
class Door:
    """``kwargs`` of the address from the things; the answers; ``insider`` is a name of the cast."""

    visitor: int
    outsider: int
    insider: int
    kwargs: Callable[[Things], Mapping[str, Any]] = field(default=lambda things: {})
    method: str = "get"
    who: str = "hanako"


def of(**names: str) -> Callable[[Things], Mapping[str, Any]]:
    """Keyword arguments of an address: ``of(person="hanako")`` takes the thing called hanako."""
    return lambda things: {key: getattr(things, name, name) for key, name in names.items()}


DOORS: dict[str, Door] = {
    # the way in
    "account_login": Door(200, 302, 302),
    "account_logout": Door(302, 200, 200),
    "account_inactive": Door(200, 200, 200),
    "account_signup": Door(200, 302, 302),
    "account_change_password": Door(302, 200, 200),
    "account_set_password": Door(302, 302, 302),
    "account_reauthenticate": Door(302, 200, 200),
    "account_reset_password": Door(302, 302, 302),
    "account_email": Door(302, 302, 302),
    # people
    "people:reading": Door(200, 200, 200),
    "people:card_redeem": Door(200, 200, 200),
    "people:person_list": Door(302, 403, 403),
    "people:claim": Door(302, 200, 200),
    "people:claim_seat": Door(302, 403, 403),
    "people:person": Door(302, 404, 403, of(person="hanako"), who="kacho"),
    "people:transfer": Door(302, 404, 403, of(person="hanako"), who="kacho"),
    "people:post_add": Door(302, 404, 403, of(person="hanako"), who="kacho"),
    "people:post_end": Door(302, 404, 403, of(person="hanako", post="post"), who="kacho"),
    "people:post_continue": Door(302, 404, 403, of(person="hanako", post="post"), who="kacho"),
    "people:post_withdraw": Door(302, 404, 403, of(person="hanako", post="post"), who="kacho"),
    "people:role_give": Door(302, 404, 403, of(person="hanako"), who="kacho"),
    "people:role_end": Door(302, 404, 403, of(person="hanako", role="role"), who="kacho"),
    "people:card_issue": Door(302, 404, 403, of(person="hanako"), who="kacho"),
    "people:card_pdf": Door(302, 404, 403, of(person="hanako"), method="post", who="kacho"),
    # lists of classes and courses, for who keeps any; papers of seats for everybody
    "people:seat_start": Door(200, 200, 200),
    "people:seat": Door(404, 404, 404, of(code="AAAAAA")),
    "people:group_list": Door(302, 403, 403),
    "people:class_new": Door(302, 403, 403),
    "people:course_new": Door(302, 403, 403),
    "people:group": Door(302, 403, 403, of(group="group")),
    "people:group_edit": Door(302, 403, 403, of(group="group")),
    "people:group_next_year": Door(302, 403, 403, of(group="group")),
    "people:group_paste": Door(302, 403, 403, of(group="group")),
    "people:group_add": Door(302, 403, 403, of(group="group")),
    "people:group_cards": Door(302, 403, 403, of(group="group")),
    "people:group_cards_pdf": Door(302, 403, 403, of(group="group"), method="post"),
    "people:seats_new": Door(302, 403, 403, of(group="group")),
    "people:seats_pdf": Door(302, 403, 403, of(group="group")),
    "people:member_leave": Door(302, 403, 403, of(group="group", learner="block")),
    "people:member_stay": Door(302, 403, 403, of(group="group", learner="block")),
    "people:member_move": Door(302, 403, 403, of(group="group", learner="block")),
    # long jobs: the one who started it
    "office:job": Door(302, 404, 404, of(job_uuid="job")),
    "office:job_state": Door(401, 404, 404, of(job_uuid="job")),
    "office:job_retry": Door(302, 404, 404, of(job_uuid="job"), method="post"),
    "office:styleguide": Door(200, 200, 200),
    # public reading
    "courses:strategy": Door(200, 200, 200),
    "courses:strategy_node": Door(200, 200, 200, of(code="gov-1-1")),
    "courses:short_entry": Door(200, 200, 200),
    "courses:short": Door(302, 302, 302, of(code="L203-L1")),
    # a course for staff: to sign-in, then open to staff of every body
    "courses:course": Door(302, 200, 200, of(path="courses/s105/")),
    "courses:lesson": Door(302, 200, 200, of(path="courses/s105/l1/")),
    "courses:handout": Door(302, 200, 200, of(activity="lesson")),
    # quizzes: one's own attempt and nobody else's
    "assessments:start": Door(302, 302, 302, of(activity="quiz"), method="post"),
    "assessments:attempt": Door(302, 404, 404, of(attempt="attempt"), who="kacho"),
    "assessments:answer": Door(302, 404, 404, of(attempt="attempt", number="1"), method="post", who="kacho"),
    "assessments:submit": Door(302, 404, 404, of(attempt="attempt"), method="post", who="kacho"),
    "assessments:result": Door(302, 404, 404, of(attempt="attempt"), who="kacho"),
    # learning
    "learning:home": Door(302, 200, 200),
    "learning:enroll": Door(302, 302, 302, of(course="course"), method="post"),
    "learning:lesson_done": Door(302, 302, 302, of(activity="lesson"), method="post"),
    "learning:place": Door(302, 302, 302, of(activity="lesson"), method="post"),
    "learning:declare": Door(404, 404, 404, of(activity="lesson", block_id="block"), method="post"),
    # packages: doors of a real launch are tried in tests/courses/packages/test_play.py
    "learning:launch_open": Door(404, 404, 404, of(activity="lesson"), method="post"),
    "learning:launch_play": Door(404, 404, 404, of(launch="block")),
    "learning:launch_events": Door(404, 404, 404, of(launch="block"), method="post"),
    "learning:launch_beacon": Door(404, 404, 404, of(token="made-up"), method="post"),
    # cmi5: the token's address is its own key; what goes wrong is told with 200 (cmi5, 8.2.2). GET is not for it.
    "learning:cmi5_fetch": Door(405, 405, 405, of(key="made-up")),
    "learning:cmi5_units": Door(404, 404, 404, of(launch="block")),
    "learning:cmi5_open": Door(404, 404, 404, of(launch="block", unit="block"), method="post"),
    "learning:own_results": Door(302, 200, 200),
    "learning:own_attempts": Door(302, 404, 404, of(activity="lesson")),
    # SCORM: the player's address is its own key; real ones are tried in tests/courses/packages/test_scorm_doors.py
    "hosting:scorm_play": Door(404, 404, 404, of(token="made-up")),
    "hosting:scorm_commit": Door(404, 404, 404, of(token="made-up"), method="post"),
    "courses:library_file": Door(404, 404, 404, of(tree="0", path="library.json")),
    "courses:closure_file": Door(404, 404, 404, of(name="x.js")),
    # below «hosted/»; without trusted uploaders nothing of it is there
    "hosting:file": Door(404, 404, 404, of(token="made-up", path="index.html")),
    "hosting:scorm_look": Door(404, 404, 404, of(token="made-up")),
    "courses:content_file": Door(404, 404, 404, of(token="made-up", path="images/a.png")),
    "learning:assignment_list": Door(302, 403, 403),
    "learning:assignment_new": Door(302, 403, 403),
    "learning:assignment_detail": Door(302, 403, 403, of(assignment="assignment")),
    "learning:certificate": Door(302, 404, 403, of(certificate="certificate"), who="kacho"),
    "learning:certificate_revoke": Door(302, 404, 403, of(certificate="certificate"), method="post"),
    "learning:certificate_reissue": Door(302, 404, 403, of(certificate="certificate"), method="post"),
    "learning:verify_start": Door(200, 200, 200),
    "learning:verify": Door(200, 200, 200, of(code="code")),
    # outside systems: for who runs the install; xAPI itself asks for a version and a key, never for a session
    "learning:client_list": Door(302, 403, 403),
    "learning:client_new": Door(302, 403, 403),
    "learning:client_revoke": Door(302, 403, 403, of(client="lrs_client"), method="post"),
    "learning:forwarding": Door(302, 403, 403),
    "learning:forward_letter": Door(302, 403, 403, of(letter="lrs_letter"), method="post"),
    "learning:xapi_about": Door(200, 200, 200),
    "learning:xapi_statements": Door(400, 400, 400),
    "learning:xapi_more": Door(400, 400, 400),
    "learning:xapi_state": Door(400, 400, 400),
    "learning:xapi_activities": Door(400, 400, 400),
    "learning:xapi_activity_profile": Door(400, 400, 400),
    "learning:xapi_agents": Door(400, 400, 400),
    "learning:xapi_agent_profile": Door(400, 400, 400),
    # lists of names
    "reporting:people": Door(302, 403, 403),
    "reporting:people_export": Door(302, 403, 403, of(kind="csv")),
    "reporting:class_list": Door(302, 403, 403),
    "reporting:class": Door(302, 403, 404, of(group="group"), who="kacho"),
    "reporting:class_export": Door(302, 403, 404, of(group="group", kind="csv"), who="kacho"),
    # results of packages: doors of real ones are tried in tests/reporting/test_package_doors.py
    "reporting:class_package": Door(302, 403, 404, of(group="group", activity="lesson"), who="kacho"),
    "reporting:class_package_export": Door(
        302, 403, 404, of(group="group", activity="lesson", kind="csv"), who="kacho"
    ),
    "reporting:class_package_person": Door(
        302, 403, 404, of(group="group", activity="lesson", learner="block"), who="kacho"
    ),
    "reporting:packages": Door(302, 403, 403),
    "reporting:package_mismatches": Door(302, 403, 403),
    "reporting:package": Door(302, 403, 403, of(activity="lesson")),
    "reporting:package_export": Door(302, 403, 403, of(activity="lesson", kind="csv")),
    "reporting:package_person": Door(302, 403, 403, of(activity="lesson", learner="block")),
    # one image that is not there; tests/courses/test_documents.py tries those that are
    "media": Door(404, 404, 404, of(path="images/none.png")),
}

# Wagtail's own addresses, which have doors of their own (tests/architecture/test_doors.py tries the editor's).
NOT_OURS = {"wagtailcore_authenticate_with_password", "wagtailcore_login", "wagtail_serve"}
