"""Makes the adversarial corpus; see ``generate.py`` beside this folder."""
