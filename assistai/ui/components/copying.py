"""A button that puts text on the clipboard: Streamlit has none that a keyboard reaches, so this is a component."""

from __future__ import annotations

import streamlit as st

from assistai.ui.text import t

_HTML = """
<button type="button">
  <svg viewBox="0 -960 960 960" aria-hidden="true">
    <path d="M360-240q-33 0-56.5-23.5T280-320v-480q0-33 23.5-56.5T360-880h360q33 0 56.5 23.5T800-800v480q0 33-23.5 56.5
      T720-240H360Zm0-80h360v-480H360v480ZM200-80q-33 0-56.5-23.5T120-160v-560h80v560h440v80H200Z"/>
  </svg>
  <span></span>
</button>
"""
_CSS = """
button {
  display: inline-flex; align-items: center; gap: 0.5rem; min-height: 2.5rem; padding: 0.25rem 0.75rem;
  font: 400 0.875rem var(--st-font); color: var(--st-text-color); cursor: pointer; white-space: nowrap;
  background: var(--st-background-color); border: 1px solid var(--st-border-color);
  border-radius: var(--st-button-radius);
}
button:hover { color: var(--st-primary-color); border-color: var(--st-primary-color); }
button:focus-visible { outline: 3px solid color-mix(in srgb, var(--st-primary-color) 50%, transparent); }
svg { width: 1rem; height: 1rem; fill: currentColor; }
"""
_SCRIPT = """
export default function ({ data, parentElement, setTriggerValue }) {
  const button = parentElement.querySelector("button");
  const label = parentElement.querySelector("span");
  label.textContent = data.label;
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(data.text);
      button.style.minWidth = `${button.offsetWidth}px`;
      label.ariaLive = "polite";
      label.textContent = data.copied;
      setTimeout(() => (label.textContent = data.label), 3000);
    } catch {
      setTriggerValue("refused", true);
    }
  };
}
"""


def render_copy(text: str, key: str, label: str | None = None) -> None:
    """Render the button; where the browser refuses the clipboard (a page without HTTPS), show the text to select.

    `label` is what stands on it, by default that sources go with the text.
    """
    show = st.components.v2.component("assistai_copy", html=_HTML, css=_CSS, js=_SCRIPT)
    data = {"text": text, "label": label or t("copy"), "copied": t("copied")}
    if show(key=key, data=data, width="content", height="content", on_refused_change=lambda: None).refused:
        _open_text(text)


def _open_text(text: str) -> None:
    @st.dialog(t("copy"), width="medium")
    def show() -> None:
        st.caption(t("copy_by_hand"))
        st.code(text, language=None, wrap_lines=True)

    show()
