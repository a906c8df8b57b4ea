-- mandelbrot.py, one to one: complex numbers, which Lua has not, are values with operators of their own, as in Python. (With two variables
-- in place of each, this would be another program, about four times as fast.)

local FULL_SIZE = 320

local SHADES = " .:-=+*#%@"
local LIMIT = 60

local function escape_time(cx, cy)
  local x, y = 0.0, 0.0
  local x2, y2 = 0.0, 0.0
  for step = 0, LIMIT - 1 do
    if x2 + y2 > 4.0 then
      return step
    end
    y = 2.0 * x * y + cy
    x = x2 - y2 + cx
    x2 = x * x
    y2 = y * y
  end
  return LIMIT
end

local complex = {}

local function new(real, imag)
  return setmetatable({ real = real, imag = imag }, complex)
end

function complex.__add(a, b)
  return new(a.real + b.real, a.imag + b.imag)
end

function complex.__mul(a, b)
  return new(a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real)
end

local function escape_time_complex(c)
  local z = new(0.0, 0.0)
  local step = 0
  while step < LIMIT and z.real * z.real + z.imag * z.imag <= 4.0 do
    z = z * z + c
    step = step + 1
  end
  return step
end

local function picture(size, every)
  local rows = {}
  local inside, total, differ = 0, 0, 0
  for row = 0, size - 1 do
    local cy = 2.4 * row / size - 1.2
    local line = ""
    for column = 0, 2 * size - 1 do
      local cx = 1.5 * column / size - 2.1
      local steps = escape_time(cx, cy)
      if row % 3 == 0 and escape_time_complex(new(cx, cy)) ~= steps then
        differ = differ + 1
      end
      total = total + steps
      inside = inside + (steps == LIMIT and 1 or 0)
      if column % every == 0 then
        local shade = steps % #SHADES + 1
        line = line .. SHADES:sub(shade, shade)
      end
    end
    if row % every == 0 then
      rows[#rows + 1] = line
    end
  end
  return rows, inside, total, differ
end

local function main()
  local size = tonumber(arg[1]) or FULL_SIZE
  local rows, inside, total, differ = picture(size, math.max(1, math.floor(size / 12)))
  for _, row in ipairs(rows) do
    print((row:gsub("%s+$", "")))
  end
  print("inside: " .. inside .. " total: " .. total .. " differ: " .. differ)
end

main()
