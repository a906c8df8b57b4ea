-- spectral_norm.py, one to one; a generator expression is a closure that a generic `for` calls.

local FULL_SIZE = 340

local floor = math.floor

local function element(i, j)
  return 1.0 / (floor((i + j) * (i + j + 1) / 2) + i + 1)
end

local function multiply(vector)
  local size = #vector
  local result = {}
  for i = 0, size - 1 do
    local total = 0.0
    for j = 0, size - 1 do
      total = total + element(i, j) * vector[j + 1]
    end
    result[#result + 1] = total
  end
  return result
end

local function sum(iterator)
  local total = 0
  for x in iterator do
    total = total + x
  end
  return total
end

local function multiply_transposed(vector)
  local size = #vector
  local result = {}
  for i = 0, size - 1 do
    local j = -1
    result[#result + 1] = sum(function()
      j = j + 1
      if j < size then
        return element(j, i) * vector[j + 1]
      end
    end)
  end
  return result
end

local function spectral_norm(size)
  local u = {}
  for i = 1, size do
    u[i] = 1.0
  end
  local v = u
  for _ = 1, 10 do
    v = multiply_transposed(multiply(u))
    u = multiply_transposed(multiply(v))
  end
  local uv, vv = 0.0, 0.0
  for i = 1, size do
    local a, b = u[i], v[i]
    uv = uv + a * b
    vv = vv + b * b
  end
  return (uv / vv) ^ 0.5
end

local function main()
  local size = tonumber(arg[1]) or FULL_SIZE
  print(string.format("%.9f", spectral_norm(size)))
end

main()
