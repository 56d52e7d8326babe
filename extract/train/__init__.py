"""Makes the weights that lie in ``extract/lang/<code>``: the only part that needs scikit-learn."""
