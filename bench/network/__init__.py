"""A network to measure pages on, and somebody who visits it."""
