"""The short name of a browser: what people call it, instead of what it sends."""

# Looked for in this order: later ones name the earlier ones in what they send.
BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
LONGEST = 40


def browser_name(sent: str) -> str:
    """Browser and system; the beginning of what was sent where neither is known.

    >>> browser_name("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/120.0 Safari/537")
    'Chrome · Windows'
    >>> browser_name("curl/8.1")
    'curl/8.1'
    """
    names = [
        next((name for sign, name in known if sign in sent), "") for known in (BROWSERS, SYSTEMS)
    ]
    return " · ".join(filter(None, names)) or sent[:LONGEST]
