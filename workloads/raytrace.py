"""A small ray tracer: vectors with overloaded operators, spheres and planes, shadows and reflections.

Kind: floating point objects
Origin: T. Whitted, An improved illumination model for shaded display (CACM 23(6), 1980); the raytrace benchmark of pyperformance
Stresses: float attributes of objects, operator overloading, polymorphic method calls, many short-lived objects, recursion
Test size: 8
"""

import math
import sys

FULL_SIZE = 176


class Vector:
    __slots__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor, self.z * factor)

    __rmul__ = __mul__

    def __neg__(self):
        return Vector(-self.x, -self.y, -self.z)

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z

    def unit(self):
        return self * (1.0 / math.sqrt(self.dot(self)))

    def reflect(self, normal):
        return self - normal * (2.0 * self.dot(normal))


class Shape:
    reflection = 0.0

    def __init__(self, shade):
        self.shade = shade

    def brightness(self, point):
        return self.shade


class Sphere(Shape):
    reflection = 0.35

    def __init__(self, centre, radius, shade):
        super().__init__(shade)
        self.centre = centre
        self.radius = radius

    def hit(self, origin, direction):
        to_centre = self.centre - origin
        along = to_centre.dot(direction)
        inside = self.radius * self.radius - to_centre.dot(to_centre) + along * along
        if inside < 0.0:
            return None
        root = math.sqrt(inside)
        for distance in (along - root, along + root):
            if distance > 1e-6:
                return distance
        return None

    def normal(self, point):
        return (point - self.centre) * (1.0 / self.radius)


class Floor(Shape):
    reflection = 0.1

    def __init__(self, height, shade):
        super().__init__(shade)
        self.height = height
        self.up = Vector(0.0, 1.0, 0.0)

    def hit(self, origin, direction):
        if direction.y > -1e-9:
            return None
        distance = (self.height - origin.y) / direction.y
        return distance if distance > 1e-6 else None

    def normal(self, point):
        return self.up

    def brightness(self, point):
        return self.shade if (math.floor(point.x) + math.floor(point.z)) % 2 else self.shade * 0.3


class Scene:
    def __init__(self, shapes, lights):
        self.shapes = shapes
        self.lights = lights
        self.rays = 0

    def nearest(self, origin, direction):
        self.rays += 1
        best, best_shape = math.inf, None
        for shape in self.shapes:
            distance = shape.hit(origin, direction)
            if distance is not None and distance < best:
                best, best_shape = distance, shape
        return best, best_shape

    def trace(self, origin, direction, depth=0):
        distance, shape = self.nearest(origin, direction)
        if shape is None:
            return 0.15 + 0.25 * max(direction.y, 0.0)
        point = origin + distance * direction
        normal = shape.normal(point)
        light = 0.08
        for position in self.lights:
            to_light = position - point
            direction_to_light = to_light.unit()
            lambert = normal.dot(direction_to_light)
            if lambert > 0.0:
                blocked, _ = self.nearest(point, direction_to_light)
                if blocked * blocked > to_light.dot(to_light):
                    light += lambert / len(self.lights)
        shade = shape.brightness(point) * light
        if shape.reflection and depth < 3:
            shade += shape.reflection * self.trace(point, direction.reflect(normal), depth + 1)
        return shade


def make_scene():
    shapes = [Floor(-1.0, 0.9)]
    for i in range(5):
        angle = i * 1.2566370614359172
        centre = Vector(2.0 * math.cos(angle), -0.4 + 0.3 * i, 6.0 + 2.0 * math.sin(angle))
        shapes.append(Sphere(centre, 0.7 + 0.1 * i, 0.5 + 0.1 * i))
    return Scene(shapes, [Vector(-4.0, 5.0, 0.0), Vector(5.0, 8.0, 3.0)])


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    scene = make_scene()
    eye = Vector(0.0, 0.6, -2.0)
    total = 0.0
    every = max(1, size // 16)
    for row in range(size):
        line = []
        for column in range(size * 2):
            direction = Vector(column / size - 1.0, 0.5 - row / size, 1.3).unit()
            shade = scene.trace(eye, direction)
            total += shade
            if column % every == 0:
                line.append(" .:-=+*#%@"[min(9, int(shade * 10))])
        if row % every == 0:
            print("".join(line).rstrip())
    print(f"total: {total:.9f} rays: {scene.rays}")


if __name__ == "__main__":
    main()
