# compile() in mode 'single' takes one statement.
for s in ['x\ny', 'x\n\n\n', 'x\n#c', 'if x: pass\ny', 'if x:\n  pass\ny', 'if x:\n  pass\nelse:\n  z\n', 'if x: pass\nelse: z', '@d\ndef f(): pass', '@d\ndef f():\n  pass\n\n\n', 'x;y\n', 'x;y\nz', '', '#c', '\n\n', '\n\nx', 'try: x\nexcept: y\nfinally: z', 'match x:\n case 1: y\nz', 'match x:\n case 1: y\n', 'match = 1\ny', '(1,\n2)\n3', '  x', 'class A:\n  def f(self):\n    pass\n\n  x = 1\n', 'class A:\n  pass\nA()', 'async def f(): pass\nx', 'x # c', 'if x: pass\n# c\n', 'x\n\x0c\n']:
    try: compile(s, 'f', 'single'); print(repr(s), 'ok')
    except SyntaxError as e: print(repr(s), type(e).__name__, e.args)
