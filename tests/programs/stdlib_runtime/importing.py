"""importlib: modules by name, finders and loaders of the program, reload, specs."""


def imp():
    import importlib, importlib.util, sys, types
    m=importlib.import_module('json.decoder'); print(m.__name__, m.__spec__.parent, importlib.util.find_spec('os').name, importlib.util.find_spec('nope'))
    class F:
        def find_spec(self,n,p,t=None):
            if n=='magic': return importlib.util.spec_from_loader(n,self)
        def create_module(self,s): return None
        def exec_module(self,m): m.val=42
    sys.meta_path.append(F()); import magic; print(magic.val, magic.__loader__.__class__.__name__)
    import colorsys; print(importlib.reload(colorsys) is colorsys)
    spec=importlib.util.spec_from_loader('q',None); print(spec)
    try: importlib.import_module('nope.x')
    except ModuleNotFoundError as e: print(e, e.name)
    try: from os import nothing
    except ImportError as e: print(str(e)[:40])


imp()
