"""Screens: each puts widgets together and passes values and messages between them."""
