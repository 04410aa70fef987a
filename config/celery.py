"""The Celery application; each package's ``tasks.py`` is found through INSTALLED_APPS."""

from celery import Celery

app = Celery("fukumana")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
