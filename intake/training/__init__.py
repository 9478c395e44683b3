"""Where the reader learns: pages are made up with the role of every word, and a network learns from them.

A development tool, run by `./dev manage train_reader`. Nothing here is imported when faxes are read.
"""
