"""Start the program from a checkout: `python main.py` is `venue-app`. A built program starts here too."""

import sys
from multiprocessing import freeze_support

from venue_app.cli import main

if __name__ == "__main__":
    freeze_support()  # in a built program, where a process of several begins
    if getattr(sys, "frozen", False) and sys.argv[1:2] == ["-m"]:
        # `bench` measures fresh processes, `python -m …`; a built program is its own Python.
        from runpy import run_module

        sys.argv = sys.argv[2:]
        run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    else:
        main()
