"""logging: handlers, formatters, a traceback in a record."""


def lg():
    import logging, io
    s=io.StringIO(); h=logging.StreamHandler(s); h.setFormatter(logging.Formatter('%(levelname)s:%(name)s:%(message)s'))
    g=logging.getLogger('x'); g.addHandler(h); g.setLevel(10); g.info('hi %d',3); g.warning('w'); 
    try: 1/0
    except ZeroDivisionError: g.exception('boo')
    print('\n'.join(line for line in s.getvalue().split('\n') if 'File' not in line))


lg()
