"""Rooms and desks for an hour or a term: who may book what, when, and that nobody books what is taken."""
