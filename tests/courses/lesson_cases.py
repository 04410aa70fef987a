"""A lesson with one block of every kind, in a course of its own, made and published as an author would."""

import uuid
from dataclasses import dataclass
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Page

from courses.catalog.pages import CoursePage
from courses.curriculum.site import ensure_site
from courses.glossary.models import Term
from courses.lessons.pages import LessonPage
from courses.media.models import CourseDocument, CourseImage
from tests.cast import AT

DECLARATION_ID = "0b5e0c4e-0000-4000-8000-00000000000a"


@dataclass
class Made:
    course: CoursePage
    lesson: LessonPage

    @property
    def url(self) -> str:
        return str(self.lesson.activity.url)


def picture(alt: str = "青いボタンの{画面|がめん}") -> CourseImage:
    output = BytesIO()
    Image.new("RGB", (40, 30), "blue").save(output, "PNG")
    image: CourseImage = CourseImage.objects.create(
        title="画面",
        alt_text=alt,
        file=ContentFile(output.getvalue(), name="screen.png"),
        width=40,
        height=30,
    )
    return image


def document(name: str = "list.pdf", content: bytes = b"%PDF-1.4 small") -> CourseDocument:
    row = CourseDocument(
        title="持ち物の一覧", description="当日に{要|い}るもの", file=ContentFile(content, name=name)
    )
    row.file_size = len(content)
    row.save()
    return row


def every_block(image: CourseImage, file: CourseDocument, term: Term) -> list[dict]:
    """Raw StreamField data: ten kinds, of which the steps have two steps."""
    return [*_blocks_to_read(image), *_blocks_to_use(file, term)]


def _blocks_to_read(image: CourseImage) -> list[dict]:
    return [
        {
            "type": "text",
            "value": {
                "heading": "{詐欺|さぎ}とは",
                "body": "<p>{今日|こんにち}の私は学校で話します。</p>",
                "easy": "<p>うそで{お金|かね}をとることです。</p>",
            },
        },
        {"type": "image", "value": {"image": image.pk, "caption": "{最初|さいしょ}の画面"}},
        {
            "type": "steps",
            "value": {
                "title": "やってみます",
                "steps": [
                    {
                        "title": "{電話|でんわ}を切る",
                        "body": "<p>一つ目です。</p>",
                        "easy": "",
                        "image": image.pk,
                    },
                    {"title": "", "body": "<p>二つ目です。</p>", "easy": "<p>つぎです。</p>", "image": None},
                ],
                "easy": "",
            },
        },
    ]


def _blocks_to_use(file: CourseDocument, term: Term) -> list[dict]:
    return [
        {
            "type": "callout",
            "value": {"kind": "caution", "title": "", "body": "<p>気をつけます。</p>", "easy": ""},
        },
        {
            "type": "table",
            "value": {
                "caption": "{料金|りょうきん}の表",
                "header": ["もの", "円"],
                "rows": [["紙", "10"], ["筆"]],
                "easy": "<p>紙は10円です。</p>",
            },
        },
        {"type": "download", "value": {"document": file.pk, "description": ""}},
        {"type": "term", "value": term.pk},
        {
            "type": "video",
            "value": {
                "video": file.pk,
                "captions": None,
                "title": "使い方",
                "transcript": "<p>こう使います。</p>",
                "easy": "",
            },
        },
        {
            "type": "checklist",
            "value": {
                "title": "できたこと",
                "items": ["切れた", "話せた"],
                "easy": "<p>見てください。</p><ul><li>きりましたか</li><li>はなしましたか</li></ul>",
            },
        },
        {
            "type": "declaration",
            "id": DECLARATION_ID,
            "value": {
                "title": "わたしの{行動|こうどう}",
                "prompt": "これからすることを書きます。",
                "easy": "",
            },
        },
    ]


def make_course(
    *, code: str = "T901", track: str = "staff", open_to_guests: bool = False, **facts
) -> CoursePage:
    catalog = ensure_site(at=AT)
    page = CoursePage(
        title=f"ためしの講座{code}",
        slug=code.lower(),
        code=code,
        track=track,
        open_to_guests=open_to_guests,
        translation_key=uuid.uuid4(),
        minutes=10,
        **facts,
    )
    Page.objects.get(pk=catalog.pk).add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def make_lesson(
    course: CoursePage, body: list[dict], *, number: int = 1, title: str = "はじめの一歩", **facts
) -> LessonPage:
    page = LessonPage(
        title=title,
        slug=f"l{number}",
        code=f"{course.code}-L{number}",
        minutes=12,
        translation_key=uuid.uuid4(),
        **facts,
    )
    Page.objects.get(pk=course.pk).add_child(instance=page)
    page.body = page.body.stream_block.to_python([{"id": str(uuid.uuid4()), **block} for block in body])
    page.save_revision().publish()
    made: LessonPage = LessonPage.objects.select_related("activity__course").get(pk=page.pk)
    return made


def full_lesson(**facts) -> Made:
    """One course with one lesson that holds every kind of block."""
    course = make_course(**facts)
    term = Term.objects.create(
        word="{端末|たんまつ}", reading="たんまつ", explanation="スマホやパソコンのことです。"
    )
    return Made(course, make_lesson(course, every_block(picture(), document(), term)))
