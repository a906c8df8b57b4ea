"""The Mandelbrot set, once with floats and once with complex numbers, shown as a coarse picture.

Kind: floating point
Origin: mandelbrot of the Computer Language Benchmarks Game; the set after B. Mandelbrot (1980)
Stresses: tight float loops with an early exit, complex arithmetic, string building of one row at a time
Test size: 14
"""

import sys

FULL_SIZE = 320

SHADES = " .:-=+*#%@"
LIMIT = 60


def escape_time(cx, cy):
    x = y = 0.0
    x2 = y2 = 0.0
    for step in range(LIMIT):
        if x2 + y2 > 4.0:
            return step
        y = 2.0 * x * y + cy
        x = x2 - y2 + cx
        x2 = x * x
        y2 = y * y
    return LIMIT


def escape_time_complex(c):
    z = 0j
    step = 0
    while step < LIMIT and z.real * z.real + z.imag * z.imag <= 4.0:
        z = z * z + c
        step += 1
    return step


def picture(size, every):
    rows = []
    inside = total = differ = 0
    for row in range(size):
        cy = 2.4 * row / size - 1.2
        line = ""
        for column in range(2 * size):
            cx = 1.5 * column / size - 2.1
            steps = escape_time(cx, cy)
            if row % 3 == 0 and escape_time_complex(complex(cx, cy)) != steps:
                differ += 1
            total += steps
            inside += steps == LIMIT
            if column % every == 0:
                line += SHADES[steps % len(SHADES)]
        if row % every == 0:
            rows.append(line)
    return rows, inside, total, differ


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    rows, inside, total, differ = picture(size, max(1, size // 12))
    for row in rows:
        print(row.rstrip())
    print("inside:", inside, "total:", total, "differ:", differ)


if __name__ == "__main__":
    main()
