"""Texts that look like addresses and are none, and a timeline with one of them."""

from __future__ import annotations

NO_HOST = [
    "https://[::1", "https://]/", "https://a]b[/", "https://a[1]/", "https://[1.2.3.4]/", "https://[::1]x/",
    "https://[v1.x]/", "https://[]/", "https://[::1%25eth0]/", "https://:80/", "https://@/", "https://user@/",
    "https://./", "https://.../", "https://exa\u2100mple.org/", "https://example.org\\@evil.example/",
    "https://a<b>/", "https://%zz/", f"https://{'a' * 254}/",
]  # fmt: skip


NO_PORT = [
    "https://a:99999/",
    "https://a:65536",
    "https://a:b/",
    "https://a:+80/",
    "https://a:８０/",
    "https://a:1:2/",
]


def timeline(address: str) -> str:
    quoted = address.replace("\\", "\\\\").replace('"', '\\"')
    return (
        f'title: T\nsources:\n  s: {{title: S, url: "{quoted}"}}\nevents:\n'
        "- {date: 2024, title: E, sources: [s]}\n"
    )
