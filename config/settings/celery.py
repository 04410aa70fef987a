"""Celery: Redis where there is one, else a folder of messages that needs no server."""

from pathlib import Path

from config import env

_VAR = Path(env.text("FUKUMANA_VAR", str(Path(__file__).resolve().parent.parent.parent / "var")))
_QUEUE = _VAR / "queue"

if env.text("REDIS_URL"):
    CELERY_BROKER_URL = env.text("REDIS_URL")
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "visibility_timeout": 3600,
        # A dead broker must not hold up the page that wakes it: the sweep finds the work.
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0.1,
        "interval_max": 0.2,
    }
else:
    for _name in ("messages", "processed", "control"):
        (_QUEUE / _name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_QUEUE / "messages"),
        "data_folder_out": str(_QUEUE / "messages"),
        "processed_folder": str(_QUEUE / "processed"),
        "control_folder": str(_QUEUE / "control"),
        "store_processed": False,
    }

CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "Asia/Tokyo"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# The broker only wakes: the sweep finds work whose message was lost.
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "office.jobs.sweep_jobs", "schedule": 60.0},
    # Dated roles begin and end by themselves.
    "project-roles": {"task": "people.roles.project_roles", "schedule": 86400.0},
    "sweep-blobs": {"task": "courses.blobs.sweep", "schedule": 86400.0},
    "forward-statements": {"task": "learning.forwarding.forward_statements", "schedule": 60.0},
    # Content that was left open without a word: its session ends, and says so.
    "abandon-cmi5-sessions": {"task": "learning.cmi5.abandon_expired", "schedule": 600.0},
    "issue-missing-certificates": {"task": "learning.certificates.issue_missing", "schedule": 300.0},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(_VAR / "celerybeat-schedule")
