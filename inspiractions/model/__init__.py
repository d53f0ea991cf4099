"""Reading a file into an ``Action``; all of them make a ``Banque``."""
