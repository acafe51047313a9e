"""A page around its quote, large enough to read: Streamlit fits a picture to the screen, so a component shows this."""

from __future__ import annotations

import base64
import statistics

import streamlit as st

from assistai.documents.reading.page_images import PageImage

_LINE = 17
"""Height of a marked line on the screen, in pixels."""

_LEAST = 0.8
_WIDEST = 2400
_HTML = '<div class="pane" tabindex="0" role="group"><img></div>'
_CSS = """
.pane {
  overflow: auto; height: min(24rem, 50vh); border: 1px solid var(--st-border-color);
  border-radius: var(--st-base-radius); background: #fff;
}
.pane:focus-visible { outline: 3px solid color-mix(in srgb, var(--st-primary-color) 50%, transparent); }
img { display: block; max-width: none; margin: 0 auto; }
"""
_SCRIPT = """
export default function ({ data, parentElement }) {
  const pane = parentElement.querySelector(".pane");
  const image = pane.querySelector("img");
  if (image.src === data.picture) return;
  pane.ariaLabel = image.alt = data.label;
  image.onload = () => {
    const room = (pane.clientWidth - 32) / (data.quote[2] - data.quote[0]);
    const scale = Math.min(1, Math.max(data.least, room));  // smaller where that shows it whole
    image.style.width = `${scale * data.width}px`;
    const [left, top, right, bottom] = data.quote.map((edge) => scale * edge);
    const fits = right - left <= pane.clientWidth;
    pane.scrollLeft = fits ? (left + right - pane.clientWidth) / 2 : left - 16;
    pane.scrollTop = bottom - top < pane.clientHeight ? (top + bottom - pane.clientHeight) / 2 : top - 16;
  };
  image.src = data.picture;
}
"""


def render_close_up(picture: PageImage, label: str, key: str) -> None:
    """Render a page on which a quote is marked, so large that its lines can be read, scrolled to the quote.

    `label` says what is seen to those who have it read aloud; the pane is scrolled by keys, fingers or the wheel.
    """
    lefts, tops, rights, bottoms = zip(*picture.marks, strict=True)
    line = statistics.median(min(bottom - top, right - left) for left, top, right, bottom in picture.marks)
    width = min(_WIDEST, round(picture.size[0] * _LINE / max(line, 1)))
    scale = width / picture.size[0]
    quote = (min(lefts), min(tops), max(rights), max(bottoms))
    data = {
        "picture": f"data:image/png;base64,{base64.b64encode(picture.png).decode()}",
        "label": label,
        "width": width,
        "least": _LEAST,
        "quote": [round(edge * scale) for edge in quote],
    }
    show = st.components.v2.component("assistai_close_up", html=_HTML, css=_CSS, js=_SCRIPT)
    show(key=key, data=data, height="content")
