"""Certificates: issued once, frozen, checked by anybody, revoked with a reason."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from pypdf import PdfReader
from wagtail.models import ModelLogEntry

from courses.catalog.enums import Scoring
from learning.certificates.actions import (
    issue_certificate,
    issue_missing_certificates,
    reissue_certificate,
    revoke_certificate,
)
from learning.certificates.models import Certificate
from learning.certificates.queries import issuer_for, verify_url
from learning.certificates.rules import ALPHABET, new_code, normal_code
from learning.certificates.tasks import issue_certificate as issue_task
from learning.progress.corrections import void_statement
from learning.progress.models import Completion
from people.learners.actions import claim_learner
from tests.cast import AT, TODAY
from tests.learning.builders import completed, course_of, guest

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        completed(cast.learner(cast.hanako), course_of(lessons=1, title="生成AIを仕事で安全に使う"), AT)
    return Certificate.objects.get()


class TestCodes:
    def test_a_code_has_no_signs_that_look_alike(self):
        assert not set("0O1IL2Z5S8BUV") & set(ALPHABET)
        assert normal_code(new_code())

    @pytest.mark.parametrize(
        "typed", ["a7k9-3mqx-4rtw", "A7K93MQX4RTW", "Ａ７Ｋ９－３ＭＱＸ－４ＲＴＷ", " A7K9 3MQX 4RTW "]
    )
    def test_a_code_is_understood_as_people_type_it(self, typed):
        assert normal_code(typed) == "A7K9-3MQX-4RTW"

    @pytest.mark.parametrize("typed", ["", "A7K9", "A7K9-3MQX-4RT0", "あ" * 12, "A7K9-3MQX-4RTW-A"])
    def test_what_cannot_be_a_code_is_none(self, typed):
        assert normal_code(typed) is None


class TestIssuing:
    def test_a_completion_brings_one(self, certificate, cast):
        assert certificate.content == {
            "holder": "佐藤 花子",
            "course": "生成AIを仕事で安全に使う",
            "course_code": "T100",
            "minutes": 30,
            "completed_on": "2026-11-21",
            "issuer": "福島市",
            "number": f"2026-T100-{certificate.completion_id:06d}",
        }
        assert not Completion.objects.get().certificate_due

    def test_it_is_issued_once_whatever_arrives_twice(self, certificate):
        issue_task(completion_id=certificate.completion_id)
        assert issue_certificate(completion=certificate.completion, at=AT) == certificate
        assert issue_missing_certificates(at=AT) == 0
        assert Certificate.objects.count() == 1

    def test_a_revoked_one_is_not_issued_again_by_itself(self, certificate):
        revoke_certificate(certificate=certificate, reason="誤り", by=None, at=AT)
        Completion.objects.update(certificate_due=True)
        issue_missing_certificates(at=AT)
        assert Certificate.objects.count() == 1

    def test_a_lost_message_is_swept_up(self, cast):
        completed(cast.learner(cast.hanako), course_of(lessons=1), AT)
        assert not Certificate.objects.exists()
        assert issue_missing_certificates(at=AT) == 1

    def test_practice_brings_none(self, cast, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            completed(
                cast.learner(cast.pupil), course_of(lessons=1, scoring=Scoring.PRACTICE, pass_mark=None), AT
            )
        assert issue_missing_certificates(at=AT) == 0
        assert not Certificate.objects.exists()

    def test_a_guest_gets_it_when_somebody_claims_the_record(self, cast, django_capture_on_commit_callbacks):
        visitor = guest()
        with django_capture_on_commit_callbacks(execute=True):
            completed(visitor, course_of(lessons=1), AT)
        assert issue_missing_certificates(at=AT) == 0
        claim_learner(learner=visitor, user=cast.hanako, by=None, at=AT)
        assert issue_missing_certificates(at=AT) == 1

    def test_the_name_stays_as_it_was_printed(self, certificate, cast):
        cast.hanako.last_name = "鈴木"
        cast.hanako.save()
        certificate.refresh_from_db()
        assert certificate.content["holder"] == "佐藤 花子"

    def test_the_issuer_is_the_body_of_the_main_post(self, cast):
        assert issuer_for(cast.hanako, TODAY) == "福島市"
        assert issuer_for(cast.author, TODAY) == "福島県"
        assert issuer_for(cast.pupil, TODAY) == "ふくまな"

    def test_a_completion_taken_back_revokes_it(self, certificate, cast):
        completion = Completion.objects.get()
        void_statement(statement=completion.statement, reason="替え玉だった", by=cast.officer, at=AT)
        certificate.refresh_from_db()
        assert (certificate.revoke_reason, certificate.revoked_by) == ("替え玉だった", cast.officer)
        assert issue_certificate(completion=completion, at=AT) == certificate


class TestRevoking:
    def test_reissuing_takes_the_name_of_today(self, certificate, cast):
        cast.hanako.last_name = "鈴木"
        cast.hanako.save()
        new = reissue_certificate(certificate=certificate, reason="改姓", by=cast.officer, at=AT)
        certificate.refresh_from_db()
        assert new.content["holder"] == "鈴木 花子"
        assert (certificate.replaced_by, certificate.revoke_reason) == (new, "改姓")
        assert new.code != certificate.code
        assert ModelLogEntry.objects.filter(action="learning.certificate_reissued").count() == 1

    def test_not_without_a_reason_and_not_twice(self, certificate, cast):
        with pytest.raises(ValidationError):
            revoke_certificate(certificate=certificate, reason=" ", by=cast.officer, at=AT)
        revoke_certificate(certificate=certificate, reason="誤り", by=cast.officer, at=AT)
        with pytest.raises(ValidationError):
            revoke_certificate(certificate=certificate, reason="誤り", by=cast.officer, at=AT)


class TestDoors:
    @pytest.mark.parametrize(
        ("who", "status"),
        [
            (None, 302),
            ("hanako", 200),
            ("officer", 200),
            ("admin", 200),
            ("kacho", 403),
            ("outsider", 404),
            ("teacher", 404),
        ],
    )
    def test_who_may_fetch_the_pdf(self, certificate, cast, client_for, who, status):
        browser = client_for(getattr(cast, who) if who else None)
        answer = browser.get(reverse("learning:certificate", args=[certificate.uuid]))
        assert answer.status_code == status

    def test_the_pdf_says_what_was_frozen(self, certificate, cast, client_for):
        answer = client_for(cast.hanako).get(reverse("learning:certificate", args=[certificate.uuid]))
        assert answer["Content-Type"] == "application/pdf"
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
        plain = text.replace(" ", "").replace("\n", "")
        for told in ("佐藤花子", "生成AIを仕事で安全に使う", "福島市", "令和8年11月21日", certificate.code):
            assert told in plain

    @pytest.mark.parametrize("name", ["learning:certificate_revoke", "learning:certificate_reissue"])
    @pytest.mark.parametrize(
        ("who", "status"),
        [(None, 302), ("hanako", 403), ("officer", 200), ("kacho", 403), ("outsider", 404)],
    )
    def test_who_may_revoke(self, certificate, cast, client_for, name, who, status):
        url = reverse(name, args=[certificate.uuid])
        browser = client_for(getattr(cast, who) if who else None)
        assert browser.get(url).status_code == status
        if status != 200:
            assert browser.post(url, {"reason": "x"}).status_code == status
            certificate.refresh_from_db()
            assert certificate.revoked_at is None

    def test_the_officer_revokes_with_a_reason(self, certificate, cast, client_for):
        browser, url = (
            client_for(cast.officer),
            reverse("learning:certificate_revoke", args=[certificate.uuid]),
        )
        refused = browser.post(url, {"reason": ""})
        assert refused.status_code == 422 and "理由を書いてください" in refused.content.decode()
        answer = browser.post(url, {"reason": "誤って発行"}, follow=True)
        assert "この修了証は失効しています。" in answer.content.decode()
        again = browser.post(url, {"reason": "誤って発行"})
        assert again.status_code == 422 and "すでに失効しています" in again.content.decode()

    def test_the_officer_issues_it_anew(self, certificate, cast, client_for):
        url = reverse("learning:certificate_reissue", args=[certificate.uuid])
        answer = client_for(cast.officer).post(url, {"reason": "改姓"}, follow=True)
        assert "この修了証は有効です。" in answer.content.decode()
        assert Certificate.objects.count() == 2


class TestVerification:
    def get(self, client, code):
        return client.get(reverse("learning:verify", args=[code]))

    def test_anybody_may_check_a_code(self, certificate, client, django_assert_max_num_queries):
        with django_assert_max_num_queries(3):
            answer = self.get(client, certificate.code)
        page = answer.content.decode()
        assert answer.status_code == 200 and "noindex" in answer["X-Robots-Tag"]
        for told in (
            "この修了証は有効です。",
            "佐藤 花子",
            "生成AIを仕事で安全に使う",
            "福島市",
            "令和8年11月21日",
        ):
            assert told in page

    def test_a_revoked_one_says_so_and_names_no_reason(self, certificate, client, cast):
        reissue_certificate(certificate=certificate, reason="人に言えない理由", by=cast.officer, at=AT)
        page = self.get(client, certificate.code).content.decode()
        assert "この修了証は失効しています。" in page and "新しい修了証が発行されています" in page
        assert "人に言えない理由" not in page

    @pytest.mark.parametrize("code", ["A7K9-3MQX-4RTW", "x", "<script>", "%00", "𠮷" * 50])
    def test_an_unknown_code_gets_a_clear_answer(self, client, code):
        answer = self.get(client, code)
        assert answer.status_code == 404
        assert "このコードの修了証は見つかりません。" in answer.content.decode()
        assert "<script>x" not in answer.content.decode()

    def test_a_typed_code_is_looked_for(self, certificate, client):
        typed = certificate.code.lower().replace("-", " ")
        answer = client.get(reverse("learning:verify_start"), {"code": typed}, follow=True)
        assert "この修了証は有効です。" in answer.content.decode()
        assert client.get(reverse("learning:verify_start")).status_code == 200

    def test_the_address_is_whole(self, certificate, settings):
        assert verify_url(certificate.code) == f"{settings.SITE_BASE_URL}/verify/{certificate.code}/"
