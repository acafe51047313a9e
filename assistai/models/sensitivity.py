"""Which model may see which text: what is confidential does not leave the machine."""

from __future__ import annotations

from assistai.errors import ModelRefused
from assistai.models.chat import ChatModel
from assistai.records import SENSITIVITIES, Sensitivity
from assistai.settings import Settings


def may_see(model: ChatModel, level: Sensitivity | int, settings: Settings) -> None:
    """Do nothing where a model may see texts of a level; raise ModelRefused where it may not.

    A model on this machine sees everything. One that is remote sees what is at most `settings.remote_sensitivity`
    (`internal` unless set otherwise). `level` is a name or its index in SENSITIVITIES, as documents keep it.
    """
    wanted = level if isinstance(level, int) else SENSITIVITIES.index(level)
    if model.remote and wanted > SENSITIVITIES.index(settings.remote_sensitivity):
        raise ModelRefused("model_may_not_see", level=SENSITIVITIES[wanted], limit=settings.remote_sensitivity)
