"""More time for long stories than other tests have before they count as hanging."""

import faulthandler
from collections.abc import Iterator

import pytest
from _pytest.faulthandler import fault_handler_stderr_fd_key

_LONGEST = 600  # seconds


@pytest.fixture(autouse=True)
def patience(request: pytest.FixtureRequest) -> Iterator[None]:
    """For whoever imports this into a conftest."""
    told = request.config.stash[fault_handler_stderr_fd_key]  # where pytest itself would tell it
    faulthandler.dump_traceback_later(_LONGEST, exit=True, file=told)
    yield
    faulthandler.cancel_dump_traceback_later()
