"""pickle in Python: every protocol over the builtin types, shared and recursive objects."""


def pk():
    import pickle, copy, collections, datetime, decimal, fractions
    o=[1,'a',b'b',(1,2),{1:2},{3},frozenset([4]),1.5,None,True,2**100,collections.OrderedDict(a=1),datetime.date(2020,1,2),decimal.Decimal('1.5'),fractions.Fraction(1,3),range(3),complex(1,2),slice(1,2), collections.deque([1]), bytearray(b'x')]
    for p in range(0,6):
        assert repr(pickle.loads(pickle.dumps(o,p)))==repr(o) , p
    print(copy.deepcopy(o)==o)
    class A: pass
    globals()['A']=A; A.__qualname__='A'
    a=A(); a.x=[a]; b=pickle.loads(pickle.dumps(a)); print(b.x[0] is b)


pk()
