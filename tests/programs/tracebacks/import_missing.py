"""A module that does not exist."""
def load():
    import surely_missing_module
    return surely_missing_module


load()
