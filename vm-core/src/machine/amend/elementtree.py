# Elements list their attributes, and name what cannot be a child.
def _amend():
    def keys(self):
        return list(self.attrib)
    def items(self):
        return list(self.attrib.items())
    def child(name, position):
        method = Element.__dict__[name]
        def call(self, *args):
            if len(args) == position and not isinstance(args[-1], Element):
                kind = type(args[-1]).__name__
                raise TypeError(f'{name}() argument {position} must be xml.etree.ElementTree.Element, not {kind}')
            return method(self, *args)
        return call
    def extend(self, elements):
        try:
            iterator = iter(elements)
        except TypeError:
            raise TypeError("'elements' must be an iterable") from None
        for element in list(iterator):
            if not isinstance(element, Element):
                raise TypeError(f'expected an Element, not "{type(element).__name__}"')
            self._children.append(element)
    def remove(self, element):
        if not isinstance(element, Element):
            raise TypeError(f'remove() argument must be xml.etree.ElementTree.Element, not {type(element).__name__}')
        for i, child in enumerate(self._children):
            if child is element or child == element:
                del self._children[i]
                return
        raise ValueError('list.remove(x): x not in list')
    methods = {'keys': keys, 'items': items, 'append': child('append', 1), 'insert': child('insert', 2), 'extend': extend, 'remove': remove}
    for name, method in methods.items():
        old = Element.__dict__[name]
        method.__name__, method.__qualname__, method.__doc__ = name, old.__qualname__, old.__doc__
        setattr(Element, name, method)
_amend()
del _amend
