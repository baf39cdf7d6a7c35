"""The JSON API against its own description: odd values, missing ones, unknown ones."""

import pytest
from hypothesis import HealthCheck, given, settings

from textmine.web import Door, create_app

schemathesis = pytest.importorskip("schemathesis", reason="needs schemathesis")
from schemathesis.specs.openapi.checks import positive_data_acceptance  # noqa: E402

PATHS = [
    "/api/v1/search",
    "/api/v1/export",
    "/api/v1/documents/{doc_id}",
    "/api/v1/documents/{doc_id}/similar",
    "/api/v1/claims",
    "/api/v1/updates",
    "/api/v1/analyses/{name}",
]


@pytest.fixture(scope="module")
def described(web_workspace):
    app = create_app(web_workspace, Door())
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)


def test_every_path_is_tried(described):
    assert sorted(described) == sorted(PATHS)


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_one_that_the_description_promises(described, path):
    operation = described[path]["GET"]
    cases = [operation.as_strategy(generation_mode=mode) for mode in schemathesis.GenerationMode]

    @settings(
        max_examples=12, deadline=None, derandomize=True, suppress_health_check=[*HealthCheck]
    )
    @given(case=cases[0] | cases[-1])
    def promised(case):
        # A query is a text that the description cannot tell from one that means nothing.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    promised()
