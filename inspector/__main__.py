"""`python -m inspector` is `stage-inspector`."""

from inspector.cli import main

if __name__ == "__main__":
    main()
