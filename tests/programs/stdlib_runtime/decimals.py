"""decimal, fractions, statistics and random."""


def dec():
    from decimal import Decimal as D, getcontext, localcontext
    print(D(1)/D(7), D('1.10')+D('2'), D(2).sqrt(), round(D('2.675'),2)); 
    with localcontext() as c: c.prec=5; print(D(1)/3)
    from fractions import Fraction as F; print(F(1,3)+F(1,6), F('0.25'), F(3.5))
    import statistics as s; print(s.mean([1,2,3,4]), s.median([1,3,2]), s.stdev([1,2,3,4]), s.mode('aab'))
    import random; r=random.Random(42); print(r.random(), r.randint(1,100), r.sample(range(100),3), r.choice('abc'), r.gauss(0,1)); l=list(range(5)); r.shuffle(l); print(l)


dec()
