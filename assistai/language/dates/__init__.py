"""Due dates as people say them, in French and English.

Conventions (what `find_due` takes a phrase to mean):

- "avant vendredi", "pour vendredi", "by Friday" all name that Friday: it is the date an assistant writes down.
- A weekday is the next one after the meeting's day; "ce vendredi" and "this Friday" may be the day itself. "lundi
  prochain" is the Monday after the meeting's day; "next Friday" said earlier in the same week is the Friday of next
  week, with low confidence, since speakers differ.
- "mardi en huit" is the coming Tuesday plus seven days, "en quinze" plus fourteen; "huit jours" is one week and "quinze
  jours" two, "sous huitaine" within seven days (TLFi, *huit*, *quinze*, *huitaine*).
- Weeks start on Monday (ISO 8601) and end, for deadlines, on Friday; a month, quarter or year ends on its last day.
- A day and month without a year is the next such date on or after the meeting.
- What is past, repeats, or lasts is not due: "il y a deux semaines", "tous les lundis", "pendant trois jours".
"""

from assistai.language.dates.expressions import DueExpression, find_due, find_explicit_date

__all__ = ["DueExpression", "find_due", "find_explicit_date"]
