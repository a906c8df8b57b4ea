# Bytes that are no pickle are an `UnpicklingError`.
def _amend():
    import struct
    plain = _Unpickler.load
    def load(self):
        try:
            return plain(self)
        except KeyError as error:
            key, frame = error.args[0] if error.args else None, error.__traceback__.tb_next
            if type(key) is not int or frame is None or frame.tb_next is not None:
                raise
            text = f'invalid load key, {chr(key)!r}.'
        except IndexError:
            text = 'unpickling stack underflow'
        except struct.error:
            text = 'pickle data was truncated'
        except EOFError as error:
            if not error.args:
                error.args = ('Ran out of input',)
            raise
        raise UnpicklingError(text)
    _Unpickler.load = load
    for cls in PickleError, PicklingError, UnpicklingError:
        cls.__module__ = '_pickle'
    plain_global = _Pickler.save_global
    def save_global(self, obj, name=None):
        try:
            return plain_global(self, obj, name)
        except PicklingError as error:
            if "it's not found as" not in str(error):
                raise
            name = name or getattr(obj, '__qualname__', None) or obj.__name__
            if '<locals>' not in name:
                error.args = (f"Can't pickle {obj!r}: attribute lookup {name} on {whichmodule(obj, name)} failed",)
                raise
        raise AttributeError(f"Can't get local object {name!r}")
    _Pickler.save_global = save_global
    for key, value in list(_Pickler.dispatch.items()):
        if value is plain_global:
            _Pickler.dispatch[key] = save_global
    plain_loads = _loads
    def loads(data, /, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=None):
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        return plain_loads(data, fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers)
    return loads
loads = _loads = _amend()
del _amend
