"""The checks, one theme a file. Each takes what was read and an ``Inquiry`` and gives ``Check`` values."""
