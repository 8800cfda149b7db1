"""Words in many scripts and emoji, each with the number of cells that it takes in a terminal."""

from __future__ import annotations

SCRIPTS = {
    "Devanagari": ("वार्ता समाप्त हुई", 14),
    "Bengali": ("কোটি", 4),
    "Tamil": ("தமிழ்நாடு", 8),
    "Thai": ("ที่กรุงเทพ", 7),
    "Lao": ("ນ້ຳ", 2),
    "Khmer": ("ប្រទេសកម្ពុជា", 10),
    "Burmese": ("မြန်မာ", 5),
    "Arabic": ("اَلْعَرَبِيَّةُ", 7),
    "Hebrew": ("שָׁלוֹם", 4),
    "Korean in parts": ("\u1112\u1161\u11ab", 2),
    "Persian": ("می‌خواهم", 7),
    "Latin with marks": ("e\u0301\u0338a", 2),
    "family": ("👨‍👩‍👧‍👦", 2),
    "flag": ("🇰🇵", 2),
    "colour of skin": ("👍🏽", 2),
    "heart": ("❤️", 2),
    "keycap": ("1️⃣", 2),
    "flag of a rainbow": ("🏳️‍🌈", 2),
    "Chinese": ("漢字", 4),
}
