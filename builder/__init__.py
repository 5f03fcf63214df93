"""jixiao: performance self-evaluations, compiled from YAML into a site, PDFs and data."""
