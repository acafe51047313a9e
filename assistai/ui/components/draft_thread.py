"""A thread before it is answered: who wrote, what was asked, what to beware of, whom the reply goes to."""

from __future__ import annotations

import streamlit as st

from assistai.drafting.replies import is_forwarded, reply_frame, waiting_questions
from assistai.drafting.thread import Message, Thread
from assistai.ui import state
from assistai.ui.text import moment, plain, quoted_lines, td

_LONGEST = 4000


def render_thread(thread: Thread) -> tuple[int, bool | None]:
    """Render the thread, and return which mail is answered (its index) and whether to everyone (None: as proposed)."""
    with st.container(border=True, gap="small", key="thread"):
        st.markdown(f"**{plain(thread.subject or td('no_subject'))}**")
        answering = _choose_mail(thread)
        frame = reply_frame(thread, domains=state.assistai().settings.mail_domains, answering=answering)
        for warning in frame.warnings:
            st.warning(plain(td(warning.code, **dict(warning.params))), icon=":material/warning:")
        render_questions(thread, answering)
        if thread.attachments:
            names = ", ".join(file.name for file in thread.attachments)
            st.caption(f":material/attach_file: {td('thread_attachments', names=plain(names))}")
        to_all: bool | None = None
        if len(frame.everyone) > 1:
            to_all = st.toggle(
                td("to_all", count=len(frame.everyone)), value=frame.recipients == frame.everyone, key="write-to-all"
            )
        with st.expander(td("thread_messages", count=len(thread.messages)), icon=":material/mail:"):
            render_messages(thread)
    return answering, to_all


def render_messages(thread: Thread) -> None:
    """Render the mails of a thread, the newest first, signatures and notices apart."""
    for message in thread.messages:
        st.markdown(f"**{_head(message)}**")
        st.markdown(quoted_lines(message.text[:_LONGEST]) if message.text else f":gray[{td('no_text')}]")
        if apart := " · ".join(filter(None, (message.signature, message.notice))):
            st.caption(plain(apart.replace("\n", " · ")[:500]))


def render_questions(thread: Thread, answering: int = 0) -> None:
    """Render what is asked in a thread and not answered there yet."""
    waiting = waiting_questions(thread, answering=answering)
    if not waiting:
        return
    st.caption(td("thread_questions"))
    for question in waiting:
        by = f" :small[:gray[{plain(question.asked_by)}]]" if question.asked_by else ""
        st.markdown(f":material/help: {plain(question.text)}{by}")


def _choose_mail(thread: Thread) -> int:
    if not is_forwarded(thread):
        return 0
    first = thread.messages[1].sender
    chosen = st.segmented_control(
        td("answer_whom"),
        [0, 1],
        format_func=lambda index: plain(str((thread.newest.sender if index == 0 else first) or td("unknown_sender"))),
        default=0,
        required=True,
        key="write-answering",
    )
    return chosen or 0


def _head(message: Message) -> str:
    sender = plain(str(message.sender)) if message.sender else td("unknown_sender")
    if message.date is None:
        return sender
    return f"{sender}, {moment(message.date, state.assistai().settings.timezone)}"
