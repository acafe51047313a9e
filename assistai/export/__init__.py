"""Reviewed minutes as files: JSON, Markdown, Word, PDF, HTML, calendar, CSV."""
