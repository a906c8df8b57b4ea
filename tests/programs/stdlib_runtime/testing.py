"""unittest: runs and reports."""


def ut():
    import unittest, io
    class T(unittest.TestCase):
        def test_a(self): self.assertEqual(1,1)
        def test_b(self): self.assertEqual([1,2],[1,3])
        def test_c(self):
            with self.assertRaises(ValueError): int('x')
            with self.subTest(i=1): self.assertTrue(True)
        @unittest.skip('no')
        def test_d(self): pass
    s=io.StringIO(); r=unittest.TextTestRunner(stream=s,verbosity=2).run(unittest.defaultTestLoader.loadTestsFromTestCase(T)); print(r); print(s.getvalue()[:200])


ut()
