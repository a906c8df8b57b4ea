# Text typed line by line: what codeop takes for a beginning, an interactive console.
import codeop, ast, warnings
srcs = ['', 'x', 'x =', 'x = 1', 'x = ?', 'if x:', 'if x:\n', 'if x:\n  pass', 'if x:\n  pass\n', '(a **', '(a', 'a)', '"""abc', "'abc", 'def f(', 'def f():', 'def f():\n  x', '@dec', '@dec\n', 'class A:', 'a = \\', 'a = \\\n', 'for', 'while 1:\n  x\n  ', 'try:', 'try:\n pass', 'try:\n pass\nexcept:', '{', '[1,', 'f(x', "f'{", "f'''{a", "f'''a", 'x = 1;', 'x; y', 'x\ny', 'del', 'import', 'from a import (', 'return', 'if 1:\n  if 2:\n    x\n', '# c', '\n\n', ' x', 'x.', 'lambda', 'not', '1 if', 'raise', 'with a', 'with (a', 'match x:', 'match x:\n case 1:', 'async def f():', 'pass\n', 'a b', "'''\n", 'def f():\n  """x', 'print(1', 'else:', '0x', '1_', 'é', '$']
for s in srcs:
    for sym in ('single', 'exec', 'eval'):
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            try: r = codeop.compile_command(s, '<in>', sym)
            except Exception as e: r = type(e).__name__, str(e)
            else: r = 'incomplete' if r is None else 'code'
            print(repr(s), sym, r)
import code, io, sys
def session(lines):
    it = iter(lines)
    def inp(prompt=''):
        sys.stdout.write(prompt)
        try: l = next(it)
        except StopIteration: raise EOFError
        print(l); return l
    old = sys.stderr; sys.stderr = sys.stdout
    try:
        c = code.InteractiveConsole({'__name__':'__c__'})
        c.raw_input = inp
        c.interact(banner='hi', exitmsg='bye')
    finally: sys.stderr = old
session(['1+1', 'x = [', '1,', '2]', 'x', 'def f(a):', '  return a*2', '', 'f(4)', '1/0', 'a b', 'for i in range(2):', '  print(i)', '', 'class A:', '  def g(self): return 1', '', 'A().g()', 'undefined', '"""m', 'ulti"""', 'if 1:', '  if 2:', '    print("in")', '  else:', '    pass', '', 'raise SystemExit' ][:-1])
