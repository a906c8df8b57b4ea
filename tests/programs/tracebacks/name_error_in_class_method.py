"""A missing name that is a method of the class."""
class Shape:
    def area(self):
        return 1

    def describe(self):
        return area()


Shape().describe()
