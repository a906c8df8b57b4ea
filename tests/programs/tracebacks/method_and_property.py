"""Frames in methods, properties, special methods and class bodies."""
class Temperature:
    def __init__(self, value):
        self.value = value

    @property
    def kelvin(self):
        return self.value + 273.15

    def __add__(self, other):
        return Temperature(self.kelvin + other.kelvin)

    def __repr__(self):
        return f"<{self.kelvin}>"


print(Temperature(1))
print(Temperature(1) + Temperature("2"))
