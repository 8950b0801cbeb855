"""``python -m cartellino``: the same as the command ``cartellino``."""

from cartellino.cli import main

if __name__ == "__main__":
    main()
