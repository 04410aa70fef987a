"""The host of packages: a file opens by its token only, nothing there knows who somebody is, and the site stays apart."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.packages.enums import PackageKind
from courses.packages.hosting import Place, file_address, host_address, played_where
from courses.packages.models import Package, PackageVersion
from courses.packages.origins import label_of
from courses.packages.tokens import token_for
from tests.courses.packages.scorm_files import scorm

pytestmark = pytest.mark.django_db
HOST, SITE = "packages.localhost", "localhost:8000"
FILES = {
    "sjis.html": "<p>情報を守る".encode("cp932"),
    "a.mjs": b"export {}",
    "a.js": b"1",
    "a.json": b"{}",
    "a.svg": b"<svg/>",
    "a.wasm": b"\0asm",
    "a.vtt": b"WEBVTT",
    "a.mp4": b"\0\0\0\x18ftypmp42",
    "a.css": b"a{}",
    "a.pdf": b"%PDF-1.7",
    "a.docx": b"PK\x03\x04",
    "kurs.xyz": b"?",
    "日本 語/50%#?.html": b"<p>x",
    "Img/Logo.PNG": b"\x89PNG\r\n\x1a\n",
}


@pytest.fixture(autouse=True)
def origin(settings):
    settings.PACKAGES_ORIGIN, settings.SITE_BASE_URL = f"http://{HOST}:8000", f"http://{SITE}"
    settings.ALLOWED_HOSTS = [HOST, "localhost", "testserver"]


@pytest.fixture
def version(bring):
    return bring(scorm(FILES), "kurs.zip").version


def ask(address: str, client: Client | None = None, **headers):
    parts = urlsplit(address)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    return (client or Client()).get(target, headers={"host": parts.netloc or HOST, **headers})


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


class TestFiles:
    @pytest.mark.parametrize(
        ("path", "kind"),
        [
            ("index.html", "text/html; charset=utf-8"),
            ("sjis.html", "text/html; charset=Shift_JIS"),
            ("a.js", "text/javascript; charset=utf-8"),
            ("a.mjs", "text/javascript; charset=utf-8"),
            ("a.json", "application/json; charset=utf-8"),
            ("a.svg", "image/svg+xml; charset=utf-8"),
            ("a.vtt", "text/vtt; charset=utf-8"),
            ("a.css", "text/css; charset=utf-8"),
            ("a.wasm", "application/wasm"),
            ("a.mp4", "video/mp4"),
            ("a.pdf", "application/pdf"),
            ("日本 語/50%#?.html", "text/html; charset=utf-8"),
        ],
    )
    def test_each_kind_is_what_a_browser_needs(self, version, path, kind):
        answer = ask(file_address(version, path))
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert not answer.get("Content-Disposition", "").startswith("attachment")
        assert body(answer) == {"index.html": body(ask(file_address(version, "index.html")))}.get(
            path, FILES.get(path)
        )

    @pytest.mark.parametrize("path", ["a.docx", "kurs.xyz"])
    def test_what_a_browser_does_not_show_is_a_download(self, version, path):
        assert ask(file_address(version, path))["Content-Disposition"] == "attachment"

    def test_names_as_windows_takes_them(self, version):
        assert ask(file_address(version, "img/logo.png")).status_code == 200

    def test_part_of_a_film_and_the_same_again(self, version):
        address = file_address(version, "a.mp4")
        part = ask(address, range="bytes=4-7")
        assert (part.status_code, body(part), part["Content-Range"]) == (206, b"ftyp", "bytes 4-7/12")
        assert ask(address, **{"if-none-match": ask(address)["ETag"]}).status_code == 304

    def test_only_reading(self, version):
        path = urlsplit(file_address(version, "index.html")).path
        assert Client().post(path, headers={"host": HOST}).status_code == 405
        assert Client().head(path, headers={"host": HOST}).status_code == 200

    def test_few_questions_to_the_database(self, version, django_assert_num_queries):
        address = file_address(version, "index.html")
        with django_assert_num_queries(2):
            ask(address)


class TestKey:
    def test_no_token_no_file(self, version, at):
        good = token_for(version.uuid, timezone.localdate())
        old = token_for(version.uuid, timezone.localdate() - timedelta(days=3))
        other = good.replace(version.uuid.hex, "0" * 32)
        for token in (old, other, good[:-1], "", version.uuid.hex, "x"):
            assert ask(f"http://{HOST}/{token}/index.html").status_code == 404
        assert ask(f"http://{HOST}/{good}/index.html").status_code == 200

    @pytest.mark.parametrize(
        "path", ["../index.html", "..%2Findex.html", "/index.html", "a.js/", "%00", "..\\a.js"]
    )
    def test_no_way_out_of_the_package(self, version, path):
        token = token_for(version.uuid, timezone.localdate())
        assert ask(f"http://{HOST}/{token}/{path}").status_code == 404

    def test_a_name_with_a_nul_breaks_no_door_of_the_site(self, version):
        token = token_for(version.uuid, timezone.localdate())
        for path in (
            "/packages/libraries/0/%00",
            "/packages/libraries/%00/a",
            f"/packages/content/{token}/%00",
        ):
            assert ask(f"http://{SITE}{path}").status_code == 404

    def test_a_token_of_one_package_opens_no_file_of_another(self, version, bring):
        other = bring(scorm({"secret.html": b"x"}), "b.zip").version
        assert ask(file_address(other, "secret.html")).status_code == 200
        assert ask(file_address(version, "secret.html")).status_code == 404

    def test_the_site_itself_gives_out_no_file_of_it(self, version):
        token = token_for(version.uuid, timezone.localdate())
        site = f"http://{SITE}"
        assert ask(site + reverse("courses:content_file", args=[token, "a.js"])).status_code == 404
        assert ask(site + reverse("hosting:file", args=[token, "a.js"])).status_code == 404

    def test_h5p_stays_in_its_sandbox_on_the_site(self, examples):
        h5p = examples["steps-in-order.h5p"].current
        assert played_where(h5p).place == Place.SANDBOX
        for path in h5p.files.values_list("path", flat=True)[:1] or ["x"]:
            assert ask(file_address(h5p, path)).status_code == 404


class TestApart:
    def test_a_cookie_that_is_sent_there_is_not_looked_at(
        self, version, cast, client_for, django_assert_num_queries
    ):
        signed_in = client_for(cast.admin)
        assert signed_in.cookies
        address = file_address(version, "index.html")
        with django_assert_num_queries(2):  # no session, no person
            answer = ask(address, signed_in)
        assert answer.status_code == 200
        assert not answer.cookies
        assert answer.wsgi_request.COOKIES == {}
        assert not answer.wsgi_request.session.session_key

    @pytest.mark.parametrize(
        "path", ["/", "/accounts/login/", "/admin/", "/xapi/about", "/hosted/x/y", "/media/images/a.png"]
    )
    def test_the_site_is_not_there(self, cast, client_for, path):
        for client in (Client(), client_for(cast.admin)):
            answer = ask(f"http://{HOST}{path}", client)
            assert (answer.status_code, answer["Content-Type"]) == (404, "text/plain; charset=utf-8")
            assert not answer.cookies

    def test_the_thread_forgets_its_addresses_afterwards(self, version):
        ask(file_address(version, "index.html"))
        assert reverse("package_desk:index")

    @pytest.mark.parametrize("host", [HOST, HOST.upper(), f"{HOST}.", f"{HOST}:1", f"{HOST}.:8000"])
    def test_however_the_name_is_written(self, host):
        assert ask("/accounts/login/", host=host).content == b"Not found"

    @pytest.mark.parametrize("host", ["evil.example", f"x.{HOST}", f"{HOST}.evil.example", "local host", "["])
    def test_another_name_is_refused(self, host, version):
        path = urlsplit(file_address(version, "index.html")).path
        assert ask(path, host=host).status_code == 400

    def test_pages_of_packages_are_closed_to_others(self, version):
        answer = ask(file_address(version, "index.html"), origin=f"http://{SITE}")
        policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
        assert policy["frame-ancestors"] == f"'self' http://{SITE}"
        assert policy["connect-src"] == "'self' data: blob:"
        assert policy["form-action"] == "'self'"
        assert (answer["Referrer-Policy"], answer["Cross-Origin-Resource-Policy"]) == (
            "no-referrer",
            "same-origin",
        )
        assert not any(name.startswith("Access-Control-") for name in answer.headers)
        assert "X-Frame-Options" not in answer

    @pytest.mark.parametrize("header", [{"service-worker": "script"}, {"sec-fetch-dest": "serviceworker"}])
    def test_no_service_worker_comes_from_there(self, version, header):
        assert ask(file_address(version, "a.js")).status_code == 200
        assert ask(file_address(version, "a.js"), **header).status_code == 404

    def test_a_page_there_is_no_door_into_the_site(self, cast, version):
        """Should a browser send the cookie all the same: no form is taken, no page is framed, no answer is read."""
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast.hanako)
        headers = {"host": SITE, "origin": f"http://{HOST}:8000", "referer": f"http://{HOST}:8000/"}
        token = client.get("/accounts/logout/", headers={"host": SITE}).wsgi_request.META["CSRF_COOKIE"]
        body = {"csrfmiddlewaretoken": token}
        assert client.post("/accounts/logout/", body, headers=headers).status_code == 403
        page = client.get(reverse("learning:home"), headers=headers)
        assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
        assert HOST not in page["Content-Security-Policy"].split("frame-ancestors")[1].split(";")[0]
        assert page["X-Frame-Options"] == "SAMEORIGIN"
        assert not any(name.startswith("Access-Control-") for name in page.headers)


class TestWhere:
    def test_without_a_host_it_is_off_and_says_why(self, version, settings):
        settings.PACKAGES_ORIGIN = ""
        played = played_where(version)
        assert (played.place, played.is_playable) == (Place.NOT_HERE, False)
        assert "専用のホスト名" in played.reason
        assert file_address(version, "a.js").startswith("/hosted/")
        assert ask(f"http://{SITE}{file_address(version, 'a.js')}").status_code == 404

    def test_a_course_whose_parts_are_elsewhere_needs_no_host_here(self, settings):
        settings.PACKAGES_ORIGIN = ""
        package = Package.objects.create(kind=PackageKind.CMI5, title="外の講座", created_at=timezone.now())
        alone = PackageVersion.objects.create(package=package, number=1, created_at=timezone.now())
        assert played_where(alone).place == Place.ELSEWHERE

    def test_trusted_people_only_where_the_operator_says_so(self, version, bring, cast, settings):
        by_admin = bring(scorm(FILES), "kurs.zip", by=cast.admin).version
        settings.PACKAGES_ORIGIN, settings.PACKAGES_TRUST_UPLOADERS = "", True
        assert played_where(by_admin).place == Place.SAME_ORIGIN_TRUSTED
        assert "システム管理者" in played_where(by_admin).reason
        assert played_where(version).place == Place.NOT_HERE
        assert ask(f"http://{SITE}{file_address(by_admin, 'a.js')}").status_code == 200
        assert ask(f"http://{SITE}{file_address(version, 'a.js')}").status_code == 404

    def test_with_a_host_trust_opens_nothing_on_the_site(self, bring, cast, settings):
        settings.PACKAGES_TRUST_UPLOADERS = True
        by_admin = bring(scorm(FILES), "kurs.zip", by=cast.admin).version
        path = reverse("hosting:file", args=[token_for(by_admin.uuid, timezone.localdate()), "a.js"])
        assert ask(f"http://{SITE}{path}").status_code == 404

    def test_each_package_on_a_name_of_its_own(self, version, bring, settings):
        other = bring(scorm(FILES), "b.zip").version
        settings.PACKAGES_ORIGIN = f"http://*.{HOST}:8000"
        settings.ALLOWED_HOSTS = [f".{HOST}", "localhost"]
        address = file_address(version, "a.js")
        assert urlsplit(address).hostname == f"{label_of(version.package.uuid)}.{HOST}"
        assert ask(address).status_code == 200
        path = urlsplit(address).path
        assert ask(f"http://{label_of(other.package.uuid)}.{HOST}:8000{path}").status_code == 404
        assert ask(f"http://{HOST}:8000{path}").status_code == 404
        assert ask(f"http://x.{HOST}/accounts/login/").content == b"Not found"

    def test_every_file_of_the_examples_opens(self, examples):
        package: Package = examples["checking-ai-answers.zip"]
        assert package.current is not None
        for path in package.current.files.values_list("path", flat=True):
            assert ask(file_address(package.current, path)).status_code == 200

    def test_an_address_is_made_for_the_host_whoever_asks(self, version):
        assert (
            host_address(version, "hosting:file", token="t", path="a b.js")
            == f"http://{HOST}:8000/t/a%20b.js"
        )
