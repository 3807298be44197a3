"""Turns a routine written in YAML into a printed, illustrated, step-by-step booklet."""

__version__ = "0.1.0"
DEFAULT = "back-massage"  # the routine of a command that names none
