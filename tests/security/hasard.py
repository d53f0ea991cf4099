"""How many random inputs a test tries."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from .hostile import SOAK


def essais(court: int, long: int) -> settings:
    return settings(
        max_examples=long if SOAK else court, deadline=None, derandomize=not SOAK, database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )  # fmt: skip
