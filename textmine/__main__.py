"""`python -m textmine`: the same program as the command `textmine`."""

from textmine.cli import main

if __name__ == "__main__":
    main()
