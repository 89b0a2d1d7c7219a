"""The models' weights: features in, probabilities out."""
