"""An office to try on: its own register, its own rules, its own days.

Nothing of the room `filing` is known here: what the office refuses is written from the
announcements, so that whoever files cannot agree with it by construction.
"""
