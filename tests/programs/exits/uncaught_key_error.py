"""KeyError shows the repr of its key."""
{}["missing\nkey"]
