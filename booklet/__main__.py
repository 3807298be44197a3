"""`python -m booklet`: the command, where its script isn't on the path."""

from booklet.cli import program

if __name__ == "__main__":
    program()
