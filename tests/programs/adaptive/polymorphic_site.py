"""A site that cycles through classes at several rates."""
classes = []
for k in range(12):
    def area(self, k=k):
        return self.size * k
    classes.append(type(f"K{k}", (), {"area": area, "kind": f"k{k}", "__init__": lambda self, size: setattr(self, "size", size)}))


def use(o):
    return o.area() + o.size + len(o.kind)


for width in (1, 2, 3, 4, 8, 12):
    objects = [cls(i + 1) for i, cls in enumerate(classes[:width])]
    total = 0
    for i in range(600):
        total += use(objects[i % width])
    print(width, total)
for i in range(300):
    use(classes[5](3))
classes[5].area = lambda self: -1
print(use(classes[5](3)), use(classes[6](3)))
classes[5].kind = "longer name"
print(use(classes[5](3)))
