"""行動宣言: the words of a learner, beside the record."""

import pytest
from django.urls import reverse

from courses.catalog.enums import ActivityKind
from courses.catalog.models import Activity
from courses.lessons.rules import block_activity_uuid
from learning.progress.models import Completion, FreeText
from learning.records.models import Statement
from learning.runtime.queries import declared_text
from tests.learning.builders import activities_of, course_of

pytestmark = pytest.mark.django_db
JSON = {"HTTP_X_REQUESTED_WITH": "fetch"}


class TestDeclarations:
    BLOCK = "0f7f3c1e-0000-4000-8000-000000000001"

    @pytest.fixture
    def lesson(self):
        course = course_of()
        lesson = activities_of(course)[0]
        Activity.objects.create(
            uuid=block_activity_uuid(lesson.uuid, self.BLOCK),
            course=course,
            parent=lesson,
            kind=ActivityKind.PRACTICE,
            title="行動宣言",
            is_required=False,
            is_offered=True,
        )
        return lesson

    def post(self, browser, lesson, text, **extra):
        return browser.post(
            reverse("learning:declare", args=[lesson.uuid, self.BLOCK]), {"text": text}, **extra
        )

    def test_the_words_stand_beside_the_statement(self, lesson, cast, client_for):
        answer = self.post(client_for(cast.hanako), lesson, "送信前に宛先を声に出して確かめます。")
        assert answer.url == lesson.url
        statement, text = Statement.objects.get(), FreeText.objects.get()
        assert text.statement_uuid == statement.uuid
        assert "宛先" in text.text and "宛先" not in str(statement.body)

    def test_the_same_words_twice_are_one_declaration(self, lesson, cast, client_for):
        browser = client_for(cast.hanako)
        for text in ("一", "一", "二"):
            self.post(browser, lesson, text)
        assert list(FreeText.objects.order_by("pk").values_list("text", flat=True)) == ["一", "二"]
        assert Statement.objects.count() == 2

    @pytest.mark.parametrize("text", ["長" * 1001, "長" * 400_000])
    def test_a_long_text_is_kept_in_the_form(self, lesson, cast, client_for, text):
        answer = self.post(client_for(cast.hanako), lesson, text)
        page = answer.content.decode()
        assert answer.status_code == 422 and text in page and "1000字まで" in page
        assert not Statement.objects.exists()

    def test_a_new_line_counts_as_one_character_as_in_the_browser(self, lesson, cast, client_for):
        text = "\r\n".join(["長" * 99] * 10)
        assert len(text.replace("\r\n", "\n")) == 999
        self.post(client_for(cast.hanako), lesson, text + "一")
        assert FreeText.objects.get().text == text.replace("\r\n", "\n") + "一"
        answer = self.post(client_for(cast.hanako), lesson, text + "一二")
        assert answer.status_code == 422 and "1001字あります" in answer.content.decode()

    def test_the_form_that_came_back_counts_along(self, lesson, cast, client_for):
        page = self.post(client_for(cast.hanako), lesson, "長" * 1001).content.decode()
        assert 'data-counter="id_text" data-limit="1000"' in page
        assert "js/counter.js" in page

    @pytest.mark.parametrize("text", ["", "　 ", "a\x00b"])
    def test_nothing_and_broken_text_is_refused(self, lesson, cast, client_for, text):
        assert self.post(client_for(cast.hanako), lesson, text).status_code == 422
        assert self.post(client_for(cast.hanako), lesson, text, **JSON).json()["saved"] is False

    def test_rare_characters_survive(self, lesson, cast, client_for, rf):
        self.post(client_for(cast.hanako), lesson, "𠮷田さんと髙橋さんに🌸伝えます")
        request = rf.get("/")
        request.user = cast.hanako
        assert declared_text(request, lesson.uuid, self.BLOCK) == "𠮷田さんと髙橋さんに🌸伝えます"
        request.user = cast.kacho
        assert declared_text(request, lesson.uuid, self.BLOCK) == ""

    def test_an_unknown_block_is_not_found(self, lesson, cast, client_for):
        url = reverse("learning:declare", args=[lesson.uuid, "nothing"])
        assert client_for(cast.hanako).post(url, {"text": "x"}).status_code == 404

    def test_it_does_not_finish_the_lesson(self, lesson, cast, client_for):
        self.post(client_for(cast.hanako), lesson, "やります")
        assert not Completion.objects.exists()
