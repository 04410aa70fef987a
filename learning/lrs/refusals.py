"""Why a request is turned down, and with which status (Part Three, 3.2)."""

from http import HTTPStatus


class Refused(Exception):
    """The request changes nothing and is answered with ``status`` and a sentence for the other system's maker."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        self.status, self.message = status, message
        super().__init__(message)


def bad(message: str) -> Refused:
    return Refused(HTTPStatus.BAD_REQUEST, message)


def forbidden(message: str) -> Refused:
    return Refused(HTTPStatus.FORBIDDEN, message)


def missing(message: str) -> Refused:
    return Refused(HTTPStatus.NOT_FOUND, message)


def conflict(message: str) -> Refused:
    return Refused(HTTPStatus.CONFLICT, message)


def precondition(message: str) -> Refused:
    return Refused(HTTPStatus.PRECONDITION_FAILED, message)


def too_large(message: str) -> Refused:
    return Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, message)
