"""How fast the program is, measured on real parts: processes, TLS, the disk, a painted window.

What is measured runs in processes of its own, so that measuring costs it nothing, and compiled as an
installed program is. Times here are floating-point milliseconds for people; nothing of them enters a result.
"""
