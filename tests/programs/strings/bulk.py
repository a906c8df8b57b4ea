# Translation, reversal and slices of long texts and bytes, whose parts are handled in bulk.
print('abcXé'.translate({97: 'zz', 98: None, 99: 'é', 233: 101}), 'hello world hello'.translate(str.maketrans('lo', '01', 'h')))
print(('abc' * 50 + 'é').translate({98: 66}), 'abcabc'.translate({97: 98, 98: 97}), 'aé' * 3 == ('bé' * 3).translate({98: 97}))
table = str.maketrans('abc', 'xyz')
for k in range(5):
    print(('abcdé\x7f' * k).translate(table))


class Table:
    def __init__(self):
        self.asked = []

    def __getitem__(self, code):
        self.asked.append(code)
        if code == 98:
            raise LookupError
        return code + 1 if code < 120 else chr(code)


t = Table()
print('abcxyzabcé\u4e2dé\u4e2d'.translate(t), t.asked)
for word in ('abcabc', 'aabbzazbza', 'xyxywxyz'):
    t = Table()
    print(word.translate(t), t.asked)
text, data = 'abcdefghij', b'abcdefghij'
places = (None, 0, 3, -1, -4, 20, -20)
for a in places:
    for b in places:
        for step in (None, -1, 2, -2, -3):
            expected = [text[i] for i in range(*slice(a, b, step).indices(10))]
            for made in (text[a:b:step], data[a:b:step].decode(), bytearray(data)[a:b:step].decode(), ('é' + text[1:])[a:b:step].replace('é', 'a')):
                assert list(made) == expected, (a, b, step, made)
            assert list(text)[a:b:step] == expected == list(tuple(text)[a:b:step])
print(data.translate(None, b'abc'), data.translate(bytes(range(256))[::-1], b'cb'), data.translate(bytes(range(255, -1, -1))))
items = [1, 2, 3, 4]
r = reversed(items)
next(r)
print(list(r), list(r))
r = reversed(items)
items.pop()
items.pop()
print(list(r), list(r))
items = [1, 2, 3]
r = reversed(items)
items[:2] = r
print(items, [*reversed(items)], tuple(reversed(items)), sorted(reversed(items)))
