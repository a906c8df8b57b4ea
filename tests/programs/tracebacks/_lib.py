"""A library that fails."""


class Engine:
    def __init__(self, speed):
        self.speed = speed

    def run(self):
        return self._step(100)

    def _step(self, distance):
        return distance / self.speed
