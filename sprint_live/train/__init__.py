"""The recipe that makes sprint-tiny: data -> autoencoder -> flow teacher + branch -> TrigFlow student.

The code here imports the inference modules (controlnet/, sprint_live/models, trigflow). They import nothing from here.
"""
