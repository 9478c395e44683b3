"""The figures, one module a measure: an exact definition, and the rows behind the number."""
