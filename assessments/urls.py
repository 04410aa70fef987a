"""Addresses of the assessments package."""

from django.urls import URLPattern, URLResolver, path

from assessments.delivery import views

app_name = "assessments"

urlpatterns: list[URLPattern | URLResolver] = [
    path("quizzes/<uuid:activity>/start/", views.start, name="start"),
    path("attempts/<uuid:attempt>/", views.questions, name="attempt"),
    path("attempts/<uuid:attempt>/answers/<int:number>/", views.answer, name="answer"),
    path("attempts/<uuid:attempt>/submit/", views.submit, name="submit"),
    path("attempts/<uuid:attempt>/result/", views.result, name="result"),
]
