"""The coverage receipt: what was read, what is cited, and the stretches that nothing cites."""

from __future__ import annotations

import streamlit as st

from assistai.meetings.minutes import Minutes
from assistai.models.usage import usage_text
from assistai.ui import state
from assistai.ui.text import language, plain, t

_SHOWN = 24


def render_coverage(minutes: Minutes) -> None:
    """Render the receipt in words; each uncited stretch leads to the transcript."""
    coverage = minutes.coverage
    st.markdown(
        t(
            "coverage_text",
            turns=coverage.turns,
            read=coverage.read,
            cited=coverage.cited,
            off_record=coverage.off_record,
        )
    )
    st.progress(coverage.cited / coverage.read if coverage.read else 0.0)
    for part in coverage.failed_parts:
        st.error(plain(part), icon=":material/error:")
    if coverage.uncited:
        st.markdown(t("uncited_list"))
        gaps = sorted(coverage.uncited, key=lambda gap: gap.first - gap.last)
        with st.container(horizontal=True, gap="small"):
            for gap in gaps[:_SHOWN]:
                several = t("turns", first=gap.first + 1, last=gap.last + 1)
                st.button(
                    several if gap.last > gap.first else t("turn", number=gap.first + 1),
                    key=f"gap-{gap.first}",
                    help=t("see_in_transcript"),
                    on_click=state.focus,
                    args=(gap.first,),
                )
        if len(gaps) > _SHOWN:
            st.caption(t("uncited_more", count=len(gaps) - _SHOWN))
    made = minutes.provenance
    engine = t("engine_model" if made.model else "engine_embedded")
    st.caption(t("provenance", engine=engine, sha=made.source_sha256[:12] or "–"))
    if usage := usage_text(made, language()):
        st.caption(plain(f"{usage} {', '.join(made.prompts)}"))
