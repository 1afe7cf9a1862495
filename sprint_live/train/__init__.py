"""The recipe that makes sprint-tiny: data -> autoencoder -> flow teacher + branch -> TrigFlow student.

Everything here reuses the inference modules (controlnet/, sprint_live/models, trigflow) and nothing
here is imported by them.
"""
