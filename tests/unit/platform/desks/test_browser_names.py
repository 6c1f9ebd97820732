"""What people call the browsers that sign in."""

import pytest

from zhirong.platform.desks.browser_names import browser_name


class TestBrowserName:
    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            ("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120 Safari/537.36", "Chrome · Linux"),
            ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120", "Edge · Windows"),
            ("Mozilla/5.0 (iPhone; CPU like Mac OS X) Version/17 Safari/604", "Safari · iPhone"),
            ("Mozilla/5.0 (Linux; Android 14) Chrome/120 MicroMessenger/8", "WeChat · Android"),
            ("", ""),
        ],
    )
    def test_is_short(self, sent: str, said: str) -> None:
        assert browser_name(sent) == said
