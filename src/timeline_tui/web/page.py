"""The page that shows a served timeline. It loads nothing from any other machine."""

from __future__ import annotations

from html import escape
from typing import Final

STATICS: Final = "/static"
SOCKET: Final = "/ws"
SCRIPT: Final = "/page.js"

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{statics}/css/xterm.css">
<script src="{statics}/js/textual.js"></script>
<script src="{script}"></script>
<style>
@font-face {{
  font-family: "Roboto Mono"; font-weight: 100 700;
  src: url("{statics}/fonts/RobotoMono-VariableFont_wght.ttf");
}}
html, body {{ margin: 0; height: 100%; overflow: hidden; background: #0c181f; color: #eee; }}
.textual-terminal {{ width: 100vw; height: 100vh; }}
#ended {{ display: none; position: fixed; inset: 0; z-index: 10; background: #0c181fe0; }}
.-closed #ended {{ display: grid; place-content: center; text-align: center; }}
#ended, #ended a {{ font: 16px "Roboto Mono", monospace; color: #eee; }}
</style>
</head>
<body>
<noscript>This page needs JavaScript.</noscript>
<div id="ended" role="alert"><p>The program has ended. <a href="/">Open it again</a></p></div>
<div id="terminal" class="textual-terminal" data-session-websocket-url="{socket}" data-font-size="16"></div>
</body>
</html>
"""

SCRIPT_TEXT: Final = """\
// The terminal gets the keys from the start, not only after a click.
window.addEventListener("load", () => document.querySelector(".xterm-helper-textarea")?.focus());
"""

HEADERS: Final = {
    # The terminal sets styles of elements. No other page may frame this one, to get its keys pressed.
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " connect-src 'self' {socket}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def page(title: str, socket: str) -> str:
    """The page of a timeline with this title; the program is behind the address `socket`."""
    return _PAGE.format(title=escape(title), statics=STATICS, script=SCRIPT, socket=escape(socket))


def headers(socket: str) -> dict[str, str]:
    """The HTTP headers of `page()`."""
    return {name: value.replace("{socket}", socket) for name, value in HEADERS.items()}
