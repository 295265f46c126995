"""What holds for all tests."""

import gc


def pytest_collection_finish() -> None:
    """What the imports made stays: walking through it again and again would be much of the time taken."""
    gc.collect()
    gc.freeze()
