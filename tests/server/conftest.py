"""The two servers, as processes of their own, for tests that need no Chromium."""

from tests.browser.conftest import apps_server, server

__all__ = ["apps_server", "server"]
