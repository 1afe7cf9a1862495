"""What is trained, stage by stage: autoencoder, preview decoder, teacher with its branch, student."""
