"""Timelines in text with markup: tables, dated lists and headings of Markdown, wikis, pages and Org."""
