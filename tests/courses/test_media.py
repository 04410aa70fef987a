"""Uploads: alternative text is required, and a file must be what its name says."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.images.forms import get_image_form

from courses.media.forms import CourseImageForm
from courses.media.models import CourseDocument, CourseImage
from courses.media.rules import is_what_it_says

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _our_form(settings):
    settings.WAGTAILIMAGES_IMAGE_FORM_BASE = "courses.media.forms.CourseImageForm"


def picture(kind="PNG"):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, kind)
    return out.getvalue()


def office(folder):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(f"{folder}/document.xml", "<x/>")
    return out.getvalue()


PDF = b"%PDF-1.7\n%..."
EXE = b"MZ\x90\x00\x03\x00\x00\x00"


@pytest.mark.parametrize(
    ("extension", "content", "expected"),
    [
        ("pdf", PDF, True),
        ("pdf", EXE, False),
        ("pdf", b"", False),
        ("PDF", PDF, True),
        ("docx", office("word"), True),
        ("docx", office("xl"), False),
        ("xlsx", office("xl"), True),
        ("pptx", PDF, False),
        ("csv", "氏名,講座\n佐藤,生成AI".encode(), True),
        ("csv", "氏名,講座\n髙橋,生成AI".encode("cp932", "replace"), True),
        ("csv", "﻿氏名".encode(), True),
        ("txt", "説明".encode("utf-16"), True),
        ("csv", office("xl"), False),
        ("txt", EXE, False),
        ("txt", b"a\x00b", False),
        ("vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n", True),
        ("vtt", b"hello", False),
        ("mp4", b"\x00\x00\x00\x18ftypmp42", True),
        ("mp4", PDF, False),
        ("webm", b"\x1a\x45\xdf\xa3", True),
    ],
)
def test_the_content_tells_what_a_file_is(extension, content, expected):
    file = io.BytesIO(content)
    assert is_what_it_says(file, extension) is expected
    assert file.tell() == 0


def test_a_long_text_may_be_cut_inside_a_character():
    assert is_what_it_says(io.BytesIO(("あ" * 5000).encode()), "txt")
    assert is_what_it_says(io.BytesIO(("a" + "あ" * 5000).encode()), "txt")


def image_errors(name, content, **values):
    form_class = get_image_form(CourseImage)
    assert issubclass(form_class, CourseImageForm)
    data = {"title": "図", "alt_text": "窓口の写真", "credit": "", "tags": "", "collection": 1, **values}
    form = form_class(data, {"file": SimpleUploadedFile(name, content, "image/png")})
    return form.errors


def test_an_image_needs_its_alternative_text():
    assert "alt_text" in image_errors("a.png", picture(), alt_text="")
    assert image_errors("a.png", picture()) == {}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("photo.png", picture("JPEG"), "中身は別の種類（jpeg）です。保存していません"),
        ("photo.jpg", PDF, "画像ではないか、こわれています。保存していません"),
        ("photo.png", b"", ""),
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>', ""),
        ("photo.bmp", picture("BMP"), ""),
    ],
)
def test_a_picture_that_lies_is_refused_in_words(name, content, words):
    errors = image_errors(name, content)
    assert "file" in errors
    assert words in errors["file"][0]


def test_alternative_text_stands_for_the_image():
    assert CourseImage(alt_text="窓口の写真").default_alt_text == "窓口の写真"


def test_a_document_that_lies_is_refused_in_words():
    document = CourseDocument(title="手引き", description="手順", file=SimpleUploadedFile("tebiki.pdf", EXE))
    with pytest.raises(ValidationError) as error:
        document.clean()
    message = error.value.message_dict["file"][0]
    assert "名前は .pdf ですが" in message and "保存していません" in message and "選んでください" in message


def test_a_document_of_another_kind_is_refused():
    document = CourseDocument(title="手引き", description="手順", file=SimpleUploadedFile("tebiki.exe", EXE))
    with pytest.raises(ValidationError):
        document.clean()


def test_an_honest_document_is_taken_and_not_read_again():
    document = CourseDocument(title="手引き", description="手順", file=SimpleUploadedFile("tebiki.pdf", PDF))
    document.full_clean(exclude=["collection", "uploaded_by_user"])
    document.save()
    document.description = "新しい手順"
    document.clean()
    assert document.file.read() == PDF


def test_the_admin_refuses_a_lying_upload(cast, client_for):
    browser = client_for(cast.admin)
    data = {
        "title": "図",
        "alt_text": "図の説明",
        "collection": 1,
        "file": SimpleUploadedFile("a.png", PDF, "image/png"),
    }
    response = browser.post(reverse("wagtailimages:add"), data)
    assert response.status_code == 200
    assert "画像ではないか、こわれています" in response.content.decode()
    assert not CourseImage.objects.exists()


def test_the_admin_takes_an_honest_upload(cast, client_for):
    browser = client_for(cast.admin)
    data = {
        "title": "図",
        "alt_text": "図の説明",
        "collection": 1,
        "file": SimpleUploadedFile("a.png", picture(), "image/png"),
    }
    assert browser.post(reverse("wagtailimages:add"), data).status_code == 302
    assert CourseImage.objects.get().alt_text == "図の説明"


def test_many_at_once_wait_for_their_alternative_text(cast, client_for):
    browser = client_for(cast.admin)
    upload = {"files[]": SimpleUploadedFile("a.png", picture(), "image/png"), "title": "図", "collection": 1}
    response = browser.post(reverse("wagtailimages:add_multiple"), upload)
    assert response.status_code == 200 and response.json()["success"]
    assert not CourseImage.objects.exists()


def test_the_admin_refuses_a_lying_document(cast, client_for):
    browser = client_for(cast.admin)
    data = {
        "title": "手引き",
        "description": "手順",
        "collection": 1,
        "file": SimpleUploadedFile("tebiki.pdf", EXE),
    }
    response = browser.post(reverse("wagtaildocs:add"), data)
    assert response.status_code == 200
    assert "名前は .pdf ですが" in response.content.decode()
    assert not CourseDocument.objects.exists()
    data["file"] = SimpleUploadedFile("tebiki.pdf", PDF)
    assert browser.post(reverse("wagtaildocs:add"), data).status_code == 302
    assert CourseDocument.objects.get().description == "手順"
