"""Files that tests bring: Markdown with sections, archives, mails."""

import io
import zipfile
from email.message import EmailMessage


def markdown(*sections):
    return b"# Guide\n\n" + "\n\n".join(f"## Partie {n}\n\n{text}" for n, text in enumerate(sections)).encode()


def zipped(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data if isinstance(data, bytes) else markdown(data))
    return buffer.getvalue()


def mail(body, attachments=None):
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Fermeture", "direction@exemple.fr", "tous@exemple.fr"
    message.set_content(body)
    for name, text in (attachments or {}).items():
        data = markdown(text)
        message.add_attachment(data, maintype="text", subtype="markdown", filename=name, cte="8bit")
    return message.as_bytes()
