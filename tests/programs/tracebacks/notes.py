"""Notes follow the exception line."""
error = ValueError("with notes")
error.add_note("a first note")
error.add_note("a second note\nof two lines")
raise error
