"""What the builtin exception classes accept, refuse and show."""
def t(f):
    try: r = f(); print('ok', repr(r))
    except BaseException as e: print(type(e).__name__, e, e.args)
t(lambda: ImportError('a', foo=1)); t(lambda: ImportError('a', name=1, foo=1)); t(lambda: AttributeError(nme=1)); t(lambda: NameError('x', name='y', z=2))
t(lambda: SyntaxError('a', (1,2))); t(lambda: SyntaxError('a', 1)); t(lambda: SyntaxError('a', (1,2,3,4,5,6,7))); t(lambda: SyntaxError('m',(1,2,3,4,5)))
t(lambda: UnicodeEncodeError(1)); t(lambda: UnicodeEncodeError(1,2,3,4,5)); t(lambda: UnicodeEncodeError('a','b','c',4,5)); t(lambda: UnicodeEncodeError('a','b',1,4,5))
t(lambda: UnicodeDecodeError('a','b',1,4,5));t(lambda: UnicodeDecodeError('a','b',1,4,'5'));t(lambda: UnicodeDecodeError('a',b'b',0,1,'5'));t(lambda: UnicodeDecodeError('a',5,0,1,'5'))
t(lambda: ValueError(a=1)); t(lambda: OSError(a=1)); t(lambda: KeyError(a=1)); t(lambda: StopIteration(x=1)); t(lambda: SyntaxError(x=1));t(lambda: UnicodeEncodeError(x=1))
class E(Exception): pass
t(lambda: E(a=1))
t(lambda: ExceptionGroup()); t(lambda: ExceptionGroup('a')); t(lambda: ExceptionGroup(1,2)); t(lambda: ExceptionGroup('a',2));t(lambda: ExceptionGroup('a',[])); t(lambda: ExceptionGroup('a',[1])); t(lambda: ExceptionGroup('a',[KeyboardInterrupt()])); t(lambda: ExceptionGroup('a',[ValueError()],x=1))
t(lambda: ExceptionGroup('a',[ValueError(1)]).split(3))
t(lambda: BaseException.__init__(3)); t(lambda: BaseException.__new__(int))
e=UnicodeEncodeError('a','b',1,4,'5')
t(lambda: setattr(e,'start','x')); t(lambda: delattr(e,'start')); t(lambda: delattr(e,'reason')); t(lambda: e.reason)
t(lambda: [str(UnicodeEncodeError('ascii','h\xe9\u1234\U0001f600',i,i+1,'bad')) for i in range(4)]); t(lambda: str(UnicodeEncodeError('ascii','abc',0,3,'bad')))
t(lambda: str(UnicodeDecodeError('utf-8',b'\xff\xfe',0,1,'bad'))); t(lambda: str(UnicodeDecodeError('utf-8',bytearray(b'\xff\xfe'),0,2,'bad'))); t(lambda: str(UnicodeTranslateError('abc',1,2,'bad')))
def mk():
    class F(OSError, ImportError): pass
t(mk)
class G(ValueError, KeyError): pass
t(lambda: G(1)); t(lambda: str(G('a')))
for c in [BaseException, Exception, OSError, ImportError, SyntaxError, StopIteration, SystemExit, KeyError, UnicodeDecodeError, NameError, AttributeError, ExceptionGroup]:
    print(c.__name__, c.__mro__[1:-1], c.__base__, c.__bases__, c.__module__, c.__doc__)
e = OSError(2, 'a', 'b', None, 'c'); print(e, repr(e), e.args, e.errno, e.strerror, e.filename, e.filename2, type(e))
e = OSError('x'); print(e, e.errno, e.filename); e = OSError(1,2,3,4,5,6); print(e, e.args, e.errno)
class O(OSError):
    def __init__(self, a): super().__init__(a, 'msg')
e = O(2); print(e, type(e), e.errno, e.args)
class P(OSError):
    def __new__(cls, *a): return super().__new__(cls, 13, 'pp')
e = P(2); print(e, type(e), e.errno, e.args)
e = BlockingIOError(11, 'x', 5); print(e.characters_written, e.args, e)
t(lambda: OSError().characters_written)
print(StopIteration(3).value, StopIteration().value, StopIteration(1,2).value, SystemExit().code, SystemExit(1).code, SystemExit(1,2).code)
e = ValueError(1); e.args = [3, 4]; print(e, repr(e)); t(lambda: setattr(e, 'args', 3)); t(lambda: delattr(e, 'args'))
e.x = 3; print(e.__dict__, e.__reduce__()); e.__setstate__({'y': 4}); print(e.y)
t(lambda: setattr(e, '__cause__', 3)); t(lambda: setattr(e, '__context__', 3)); t(lambda: delattr(e, '__cause__')); t(lambda: setattr(e, '__suppress_context__', 3))
e.__cause__ = KeyError(); print(e.__suppress_context__); e.__cause__ = None; print(e.__suppress_context__)
t(lambda: e.add_note(3)); e.__notes__ = 3; t(lambda: e.add_note('x'))
e = ImportError('m', name='n', path='p'); print(e.__reduce__(), e.msg, ImportError('a','b').msg, str(ImportError(3)))
e = AttributeError('m', name='n', obj=3); print(e.__reduce__(), e.__getstate__())
e = SyntaxError('m', ('f/g.py', 3, 4, 'text', 5, 6)); print(e, e.filename, e.lineno, e.offset, e.text, e.end_lineno, e.end_offset, e.print_file_and_line, e.args)
print(SyntaxError('m', ('f', None, 4, 'text')), SyntaxError(), SyntaxError('m', (None, 3, 1, 't')))
g = ExceptionGroup('m', [ValueError(1), ExceptionGroup('n', [TypeError(2), OSError(3)])])
print(g.split(TypeError), g.subgroup((ValueError, OSError)), g.split(lambda e: isinstance(e, ValueError)), g.subgroup(KeyError), g.derive([KeyError(1)]), str(g))
print(type(BaseExceptionGroup('a', [ValueError()])), type(BaseExceptionGroup('a', [KeyboardInterrupt()])), g.message, g.exceptions)
g.add_note('x'); a, b = g.split(ValueError); print(a.__notes__, b.__notes__, a.__notes__ is b.__notes__)
t(lambda: setattr(g, 'message', 3)); t(lambda: ExceptionGroup[int])
print(issubclass(ExceptionGroup, Exception), issubclass(BaseExceptionGroup, Exception), ExceptionGroup.__bases__)
def ctx():
    try: raise KeyError(1)
    except KeyError as k:
        try: raise ValueError(2)
        except ValueError as v:
            k.__context__ = v
            raise TypeError(3)
try: ctx()
except TypeError as x:
    seen = []
    while x and len(seen) < 6: seen.append(repr(x)); x = x.__context__
    print(seen)
print(repr(KeyError('a')), str(KeyError('a')), str(KeyError()), str(KeyError(1, 2)), repr(E()), repr(E(1,)), repr(E('a', 2)))
class S(Exception):
    def __init__(self, a): self.a = a
print(S(3).args, repr(S(3)), S(4).a)
class D(Exception):
    __slots__ = ('q',)
d = D(1); d.q = 5; d.r = 6; print(d.q, d.r, d.args, d.__dict__)
class UE(UnicodeEncodeError): pass
t(lambda: str(UE('a','bc',0,1,'r')))
