"""What came of packages: for a class with answers, for staff without, points only where the course gives any."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from courses.catalog.enums import Scoring
from courses.packages.models import Package
from learning.assignments.actions import assign
from office.jobs.actions import run_job
from office.jobs.models import Job
from people.accounts.actions import create_user
from people.groups.actions import add_member
from people.learners.actions import learner_of
from tests.cast import YEAR_START
from tests.learning.builders import enrolled
from tests.learning.packages import launched, play_once, played_in

pytestmark = pytest.mark.django_db


def given(activity, at, by, **to):
    """The course is assigned; who is meant has a duty."""
    assign(
        course=activity.course, opens_on=at.date() - timedelta(days=5), due_on=None, reason="授業で使います。", by=by, at=at,
        **to,
    )  # fmt: skip
    for job in Job.objects.all():
        run_job(job.pk)


@pytest.fixture
def practice(cast, at):
    """A package in a course without points, put before 1年1組."""
    activity = played_in("E900", scoring=Scoring.PRACTICE)
    given(activity, at, cast.teacher, group=cast.class_1_1)
    return activity


@pytest.fixture
def scored(cast, at):
    """A package in a course with points, put before 税務課."""
    activity = played_in("S900")
    given(activity, at, cast.officer, organization=cast.zeimu)
    return activity


def of_class(cast, activity, *more):
    name = {0: "class_package", 1: "class_package_person"}[len(more)]
    return reverse(f"reporting:{name}", args=[cast.class_1_1.uuid, activity.uuid, *more])


def period_of(cast, person, activity, at):
    return enrolled(cast.learner(person), activity.course, at)


def main(response):
    return response.content.decode().split("<main")[1].split("</main>")[0]


class TestAClass:
    def test_the_list_says_who_is_how_far_and_shows_no_points(self, cast, client_for, practice, at):
        teacher = client_for(cast.teacher)
        page = main(teacher.get(of_class(cast, practice)))
        assert "山本 さくら" in page
        assert "まだ" in page
        period = period_of(cast, cast.pupil, practice, at)
        launched(period, practice, at)
        assert "途中" in main(teacher.get(of_class(cast, practice)))
        play_once(period, practice, 1, at)
        page = main(teacher.get(of_class(cast, practice)))
        assert "終わり" in page
        assert "1回" in page
        assert "答えと一致" in page
        assert "成績" not in page
        assert "満点" not in page.split("<table")[1].split("</table>")[0]

    def test_the_board_leads_to_it(self, cast, client_for, practice):
        board = reverse("reporting:class", args=[cast.class_1_1.uuid])
        assert of_class(cast, practice) in client_for(cast.teacher).get(board).content.decode()

    def test_the_answers_of_a_pupil_open_and_the_package_may_have_changed_since(
        self, cast, client_for, practice, at
    ):
        play_once(period_of(cast, cast.pupil, practice, at), practice, 0, at, response="false")
        address = of_class(cast, practice, cast.learner(cast.pupil).uuid)
        page = main(client_for(cast.teacher).get(address))
        assert "1回目" in page
        assert "答えの例とはちがいます。" in page
        assert "×" in page
        assert "第1版" in page
        assert "教材が変わりました" not in page
        assert not re.search(r"\d+点|合格", page)
        package = practice.package_use.package
        second = package.current
        second.pk, second.uuid, second.number = None, "11111111-1111-4111-8111-111111111111", 2
        second.save()
        Package.objects.filter(pk=package.pk).update(current=second)
        assert "いまは第2版です" in main(client_for(cast.teacher).get(address))

    def test_it_leaves_as_a_sheet_and_that_is_logged(self, cast, client_for, practice, at):
        play_once(period_of(cast, cast.pupil, practice, at), practice, 1, at)
        for kind in ("xlsx", "csv"):
            address = reverse(
                "reporting:class_package_export", args=[cast.class_1_1.uuid, practice.uuid, kind]
            )
            body = b"".join(client_for(cast.teacher).get(address))
            if kind == "csv":
                assert body.startswith("\ufeff番号,氏名,フリガナ,".encode())
                assert "山本 さくら" in body.decode()
            else:
                rows = list(load_workbook(BytesIO(body)).worksheets[0].iter_rows(values_only=True))
                assert rows[1][:5] == ("7", "山本 さくら", "ヤマモト サクラ", "終わり", 1)
                assert not any("点満点" in str(head) for head in rows[0])
        assert ModelLogEntry.objects.filter(action="reporting.export").count() == 2

    def test_more_pupils_do_not_mean_more_queries(
        self, cast, client_for, practice, at, django_assert_max_num_queries
    ):
        for number in range(10, 40):
            user = create_user(
                login_id=f"p-{number}", last_name="生徒", first_name=str(number), by=None, at=at
            )
            own = learner_of(user, at=at)
            add_member(
                group=cast.class_1_1, learner=own, number=number, valid_from=YEAR_START, by=None, at=at
            )
            play_once(enrolled(own, practice.course, at), practice, 1, at)
        teacher = client_for(cast.teacher)
        teacher.get(of_class(cast, practice))
        with django_assert_max_num_queries(16):
            page = main(teacher.get(of_class(cast, practice)))
        assert page.count("答えと一致") >= 30

    def test_more_attempts_do_not_mean_more_queries(
        self, cast, client_for, practice, at, django_assert_max_num_queries
    ):
        period = period_of(cast, cast.pupil, practice, at)
        for number in range(12):
            play_once(period, practice, 1, at + timedelta(minutes=number))
        teacher, address = client_for(cast.teacher), of_class(cast, practice, cast.learner(cast.pupil).uuid)
        teacher.get(address)
        with django_assert_max_num_queries(16):
            assert "12回目" in main(teacher.get(address))
        assert "2回目" in main(teacher.get(address, {"page": "2"}))


class TestStaff:
    def address(self, name, *args):
        return reverse(f"reporting:{name}", args=args)

    def test_the_head_sees_the_result_by_the_packages_own_way_and_what_the_course_keeps(
        self, cast, client_for, scored, at
    ):
        period = period_of(cast, cast.hanako, scored, at)
        play_once(period, scored, 1, at)
        play_once(period, scored, 0, at + timedelta(minutes=5))
        kacho = client_for(cast.kacho)
        page = main(kacho.get(self.address("package", scored.uuid)))
        assert "佐藤 花子" in page
        assert "税務課" in page
        assert "100点" in page
        assert "講座に残る点数は" not in page.split("<table")[1]
        Package.objects.update(grade_method="last")
        page = main(kacho.get(self.address("package", scored.uuid)))
        assert "最後の回の点数" in page
        assert ">0点" in page.replace(" ", "").replace("\n", "")
        assert "講座に残る点数は100点" in page

    def test_one_person_is_shown_without_what_they_answered(self, cast, client_for, scored, at):
        play_once(period_of(cast, cast.hanako, scored, at), scored, 1, at, success=True, duration="PT3M")
        address = self.address("package_person", scored.uuid, cast.learner(cast.hanako).uuid)
        page = main(client_for(cast.kacho).get(address))
        assert "1点のうち1点" in page
        assert "合格" in page
        assert "約3分" in page
        assert "正しいですか" not in page
        assert "答えた内容は本人の" in page

    def test_what_nobody_assigned_is_not_shown(self, cast, client_for, scored, at):
        own = played_in("S901")
        play_once(period_of(cast, cast.hanako, own, at), own, 1, at)
        kacho = client_for(cast.kacho)
        assert "S901" not in main(kacho.get(self.address("packages")))
        assert kacho.get(self.address("package", own.uuid)).status_code == 404
        hanako = cast.learner(cast.hanako).uuid
        assert kacho.get(self.address("package_person", own.uuid, hanako)).status_code == 404
        assert scored.course.title in main(kacho.get(self.address("packages")))

    def test_points_that_answers_contradict_are_found_and_count_nowhere(self, cast, client_for, scored, at):
        period = period_of(cast, cast.hanako, scored, at)
        play_once(period, scored, 1, at, response="false")
        kacho = client_for(cast.kacho)
        page = main(kacho.get(self.address("package_mismatches")))
        assert "佐藤 花子" in page
        person = self.address("package_person", scored.uuid, cast.learner(cast.hanako).uuid)
        assert person in page
        shown = main(kacho.get(person))
        assert "答えと食い違い" in shown
        assert "1点のうち" not in shown
        rows = main(kacho.get(self.address("package", scored.uuid)))
        assert "数えない回が1回" in rows
        assert "100点<" not in rows
        assert "1</td>" in main(kacho.get(self.address("packages")))

    def test_an_empty_list_says_so(self, cast, client_for, scored):
        page = main(client_for(cast.kacho).get(self.address("package_mismatches")))
        assert "点数を数えない回はありません" in page

    def test_more_people_do_not_mean_more_queries(
        self, cast, client_for, scored, at, django_assert_max_num_queries
    ):
        for person in (cast.hanako, cast.kacho):
            play_once(period_of(cast, person, scored, at), scored, 1, at, response="false")
        kacho = client_for(cast.kacho)
        for address in (
            self.address("packages"),
            self.address("package", scored.uuid),
            self.address("package_mismatches"),
        ):
            kacho.get(address)
            with django_assert_max_num_queries(16):
                kacho.get(address)

    def test_the_sheet_goes_as_far_as_the_right_to_take_lists_away(self, cast, client_for, scored, at):
        play_once(period_of(cast, cast.hanako, scored, at), scored, 1, at)
        address = self.address("package_export", scored.uuid, "csv")
        text = b"".join(client_for(cast.kacho).get(address)).decode()
        assert "佐藤 花子" in text
        assert ",100,100," in text


class TestDoors:
    def test_a_stranger_finds_nothing_of_a_class(self, cast, client_for, practice, at):
        learner = cast.learner(cast.pupil).uuid
        addresses = [of_class(cast, practice), of_class(cast, practice, learner)]
        addresses.append(
            reverse("reporting:class_package_export", args=[cast.class_1_1.uuid, practice.uuid, "csv"])
        )
        play_once(period_of(cast, cast.pupil, practice, at), practice, 1, at)
        answers = {
            None: 302,
            cast.outsider: 403,
            cast.pupil: 403,
            cast.hanako: 403,
            cast.kacho: 404,
            cast.officer: 404,
        }
        for address in addresses:
            found = {person: client_for(person).get(address).status_code for person in answers}
            assert found == answers, address
            assert client_for(cast.teacher).get(address).status_code == 200

    def test_a_stranger_finds_nothing_of_staff(self, cast, client_for, scored, at):
        play_once(period_of(cast, cast.hanako, scored, at), scored, 1, at)
        hanako = cast.learner(cast.hanako).uuid
        addresses = [
            reverse("reporting:package", args=[scored.uuid]),
            reverse("reporting:package_person", args=[scored.uuid, hanako]),
            reverse("reporting:package_export", args=[scored.uuid, "xlsx"]),
        ]
        answers = {None: 302, cast.outsider: 403, cast.hanako: 403, cast.author: 403, cast.teacher: 404}
        for address in addresses:
            assert {person: client_for(person).get(address).status_code for person in answers} == answers
            assert client_for(cast.officer).get(address).status_code == 200

    def test_only_pupils_of_the_class_and_packages_of_its_courses_are_there(
        self, cast, client_for, practice, scored
    ):
        teacher = client_for(cast.teacher)
        assert teacher.get(of_class(cast, practice, cast.learner(cast.hanako).uuid)).status_code == 404
        assert teacher.get(of_class(cast, scored)).status_code == 404
        lesson = practice.course.activities.exclude(pk=practice.pk).get()
        assert teacher.get(of_class(cast, lesson)).status_code == 404

    def test_somebody_with_an_eye_on_another_section_does_not_find_a_person(
        self, cast, client_for, scored, at
    ):
        given(scored, at, cast.officer, organization=cast.jinji)
        officer = cast.learner(cast.officer).uuid
        address = reverse("reporting:package_person", args=[scored.uuid, officer])
        assert client_for(cast.kacho).get(address).status_code == 404
        assert client_for(cast.officer).get(address).status_code == 200
