import pytest

from tests.learning.builders import check_progress


@pytest.fixture(autouse=True)
def projections_follow_from_statements(request):
    """After every scenario in these tests the progress that is there is what the statements say."""
    uses_database = request.node.get_closest_marker("django_db") or {"db", "transactional_db"} & {
        *request.fixturenames
    }
    if not uses_database:
        yield
        return
    request.getfixturevalue("db")
    yield
    check_progress()
