"""Finding topics, decisions, actions and open questions in a transcript, without a model."""
