"""The evaluations of the SANA-Sprint paper: MJHQ-30K, GenEval, DPG-Bench. Must not know: training, the app."""
