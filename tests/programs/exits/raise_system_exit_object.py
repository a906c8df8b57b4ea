"""SystemExit with a strange code."""
raise SystemExit([1, "list"])
