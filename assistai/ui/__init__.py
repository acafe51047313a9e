"""The Streamlit front end: pages, components, state."""
