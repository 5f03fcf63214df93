"""A report as an office hands it in: the official form as a sheet or a document, and the lists
of a year.

In come documents and their views, out go bytes. Every figure is the one of page and data.
"""
