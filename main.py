"""Start the program from a checkout: `python main.py` is `venue-app`."""

from venue_app.cli import main

if __name__ == "__main__":
    main()
