"""contextlib: redirection, generators as context managers, stacks."""


def cl():
    import contextlib, io
    with contextlib.redirect_stdout(io.StringIO()) as s: print('hid')
    print(repr(s.getvalue()))
    @contextlib.contextmanager
    def cm(): 
        print('in'); yield 5; print('out')
    with cm() as v: print(v)
    with contextlib.suppress(ValueError): int('x')
    with contextlib.ExitStack() as st: st.callback(print,'cb'); st.enter_context(cm())


cl()
