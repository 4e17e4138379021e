"""Options and fixtures that all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.goldens import Golden

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("COPYDESK_SHARED") or ROOT.parent / "shared")

# How long one example takes is the machine's affair; CI takes the same examples on every run.
settings.register_profile("copydesk", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("copydesk")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the goldens' expected outputs")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test proves nothing, so it fails the session."""
    if skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for report in skipped(config):
        terminalreporter.write_line(f"NOT ALLOWED IN CI: skipped {report.nodeid}", red=True)


def skipped(config: pytest.Config) -> list[pytest.TestReport]:
    """The skips that CI must not have; none outside CI, and none in the workers of pytest-xdist, which report home."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("CI") or reporter is None or hasattr(config, "workerinput"):
        return []
    return list(reporter.stats.get("skipped", ()))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare with a golden case, or accept the actual output (--accept)."""
    return Golden(request.config.getoption("--accept"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared samples and suites; the test skips where it is absent, and fails in CI."""
    if not SHARED.is_dir():
        if os.environ.get("CI"):
            pytest.fail("the shared samples are absent, and in CI no test may skip for that")
        pytest.skip("needs the shared samples beside the checkout (../shared)")
    return SHARED
