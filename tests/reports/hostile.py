"""Texts that broke other systems' paper, and a watch on what a print touches."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

HOSTILE = (
    '<img src="/etc/passwd"/>',
    '<img src="http://127.0.0.1:9/x.png" width="10" height="10"/>',
    '<img src="file:///etc/hostname"/>',
    "<b>never closed",
    "</b></para></font>",
    "5 < 6 and 7 > 3 & more &amp; &lt; &#0; &bogus;",
    '<font color="[[[x for x in [1]]]]">colour</font>',
    "<font color=\"__import__('os').system('true')\">colour</font>",
    '<a href="javascript:alert(1)">link</a>',
    '<onDraw name="x" label="y"/>',
    '<seq id="x"/><unichar code="0"/><greek>a</greek>',
    "\x00\x01\x02\x1b[31mred\x1b[0m\x7f\x9f",
    "\ud800 lone surrogate \udfff",
    "\u202eright to left\u202c \u2066isolate\u2069 \u200bzero\u200d width\ufeff",
    "👩‍👩‍👧 🏛️ 🚧 emoji",
    "ქართული Ћирилица Українська Română Ελληνικά",
    "漢字 العربية हिन्दी עברית",
    "e\u0301" + "\u0301" * 500,
    "W" * 5_000,
    "word " * 5_000,
    "\n" * 3_000,
    "\t\r\n\x0b\x0c\u2028\u2029 breaks",
    "=1+1",
    "{braces} {0} {missing} %s %(x)s %",
    "'; DROP TABLE request; --",
    "\uffff\ufdd0\U0010ffff",
    "",
    "   ",
)

_heard: list[str] = []
_listening = [False]
_installed = [False]
_TOUCHING = ("open", "socket.", "urllib.", "subprocess.", "os.system", "os.exec")


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    """Note what reaches out of the process while somebody listens."""
    if _listening[0] and event.startswith(_TOUCHING):
        _heard.append(f"{event} {arguments[:1]}")


@contextmanager
def listening() -> Iterator[list[str]]:
    """Collect every file opened and every connection made inside the block."""
    if not _installed[0]:
        sys.addaudithook(_listen)  # can never be taken away again, so only once
        _installed[0] = True
    _heard.clear()
    _listening[0] = True
    try:
        yield _heard
    finally:
        _listening[0] = False
