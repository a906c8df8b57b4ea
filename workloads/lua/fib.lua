-- fib.py, one to one.

local FULL_SIZE = 34

local function fib(n)
  if n < 2 then
    return n
  end
  return fib(n - 1) + fib(n - 2)
end

local function main()
  local n = tonumber(arg[1]) or FULL_SIZE
  print(string.format("fib(%d) = %d", n, fib(n)))
end

main()
