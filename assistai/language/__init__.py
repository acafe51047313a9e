"""French and English: sentences, words, verbs, dates, typography. Pure functions, no model."""
