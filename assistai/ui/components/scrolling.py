"""Bring a part of the page into view: Streamlit has no call for it, so a component of its own does."""

from __future__ import annotations

import streamlit as st

_SCRIPT = """
export default function ({ data }) {
  let tries = 40;
  const scroll = () => {
    const target = document.querySelector(`.st-key-${data.key}`);
    if (!target) return tries-- > 0 ? setTimeout(scroll, 50) : undefined;
    let pane = target.parentElement;
    while (pane && !/auto|scroll/.test(getComputedStyle(pane).overflowY)) pane = pane.parentElement;
    if (!pane) return;
    const offset = target.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    pane.scrollTop += offset - pane.clientHeight / 4;
    pane.scrollIntoView({ block: "nearest" });
  };
  setTimeout(scroll, 100);
}
"""


def scroll_to(key: str, occasion: int) -> None:
    """Scroll the pane that holds the container with that key, and the page as far as it must; once per `occasion`."""
    show = st.components.v2.component("assistai_scroll", js=_SCRIPT)
    show(key=f"scroll-{occasion}", data={"key": key}, height=1)
