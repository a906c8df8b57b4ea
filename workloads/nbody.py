"""Planets attracting one another, integrated with small time steps.

Kind: floating point
Origin: n-body of the Computer Language Benchmarks Game (after M. Heule); initial conditions are published solar-system data
Stresses: float arithmetic, list indexing, unpacking of nested tuples, allocation of floats
Test size: 200
"""

import sys

FULL_SIZE = 160_000

SOLAR_MASS = 39.47841760435743
DAYS = 365.24

PLANETS = {
    "sun": ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0], SOLAR_MASS),
    "jupiter": (
        [4.84143144246472090, -1.16032004402742839, -0.103622044471123109],
        [0.00166007664274403694 * DAYS, 0.00769901118419740425 * DAYS, -0.0000690460016972063023 * DAYS],
        0.000954791938424326609 * SOLAR_MASS,
    ),
    "saturn": (
        [8.34336671824457987, 4.12479856412430479, -0.403523417114321381],
        [-0.00276742510726411202 * DAYS, 0.00499852801234917238 * DAYS, 0.0000230417297573763929 * DAYS],
        0.000285885980666130812 * SOLAR_MASS,
    ),
    "uranus": (
        [12.8943695621391310, -15.1111514016986312, -0.223307578892655734],
        [0.00296460137564761618 * DAYS, 0.00237847173959480950 * DAYS, -0.0000296589568540237556 * DAYS],
        0.0000436624404335156298 * SOLAR_MASS,
    ),
    "neptune": (
        [15.3796971148509165, -25.9193146099879641, 0.179258772950371181],
        [0.00268067772490389322 * DAYS, 0.00162824170038242295 * DAYS, -0.0000951592254519715870 * DAYS],
        0.0000515138902046611451 * SOLAR_MASS,
    ),
}


def all_pairs(bodies):
    return [(bodies[i], bodies[j]) for i in range(len(bodies)) for j in range(i + 1, len(bodies))]


def offset_momentum(bodies):
    px = py = pz = 0.0
    for _, (vx, vy, vz), mass in bodies:
        px -= vx * mass
        py -= vy * mass
        pz -= vz * mass
    _, velocity, mass = bodies[0]
    velocity[0], velocity[1], velocity[2] = px / mass, py / mass, pz / mass


def energy(bodies, pairs):
    total = 0.0
    for _, (vx, vy, vz), mass in bodies:
        total += 0.5 * mass * (vx * vx + vy * vy + vz * vz)
    for ((x1, y1, z1), _, m1), ((x2, y2, z2), _, m2) in pairs:
        dx, dy, dz = x1 - x2, y1 - y2, z1 - z2
        total -= m1 * m2 / (dx * dx + dy * dy + dz * dz) ** 0.5
    return total


def advance(bodies, pairs, dt, steps):
    for _ in range(steps):
        for ((x1, y1, z1), v1, m1), ((x2, y2, z2), v2, m2) in pairs:
            dx = x1 - x2
            dy = y1 - y2
            dz = z1 - z2
            squared = dx * dx + dy * dy + dz * dz
            pull = dt / (squared * squared ** 0.5)
            pull1 = m1 * pull
            pull2 = m2 * pull
            v1[0] -= dx * pull2
            v1[1] -= dy * pull2
            v1[2] -= dz * pull2
            v2[0] += dx * pull1
            v2[1] += dy * pull1
            v2[2] += dz * pull1
        for position, (vx, vy, vz), _ in bodies:
            position[0] += dt * vx
            position[1] += dt * vy
            position[2] += dt * vz


def main():
    steps = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    bodies = list(PLANETS.values())
    pairs = all_pairs(bodies)
    offset_momentum(bodies)
    print("%.9f" % energy(bodies, pairs))
    advance(bodies, pairs, 0.01, steps)
    print("%.9f" % energy(bodies, pairs))
    print("sun at", *[f"{c:.6e}" for c in bodies[0][0]])


if __name__ == "__main__":
    main()
