"""An exception in finally while another propagates."""
def f():
    try:
        raise ValueError("first")
    finally:
        undefined_function()


f()
