"""What a browser brings: AppTest has none, and no cookies."""

import pytest
import streamlit as st


@pytest.fixture(autouse=True)
def cookies(monkeypatch):
    """Return the cookies of the browser that opens the pages, to be set."""
    brought = {}
    monkeypatch.setattr(type(st.context), "cookies", property(lambda _self: brought))
    return brought
