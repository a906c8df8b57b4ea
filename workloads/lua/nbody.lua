-- nbody.py, one to one; what Python unpacks is indexed.

local FULL_SIZE = 160000

local SOLAR_MASS = 39.47841760435743
local DAYS = 365.24

local PLANETS = {
  { { 0.0, 0.0, 0.0 }, { 0.0, 0.0, 0.0 }, SOLAR_MASS },
  {
    { 4.84143144246472090, -1.16032004402742839, -0.103622044471123109 },
    { 0.00166007664274403694 * DAYS, 0.00769901118419740425 * DAYS, -0.0000690460016972063023 * DAYS },
    0.000954791938424326609 * SOLAR_MASS,
  },
  {
    { 8.34336671824457987, 4.12479856412430479, -0.403523417114321381 },
    { -0.00276742510726411202 * DAYS, 0.00499852801234917238 * DAYS, 0.0000230417297573763929 * DAYS },
    0.000285885980666130812 * SOLAR_MASS,
  },
  {
    { 12.8943695621391310, -15.1111514016986312, -0.223307578892655734 },
    { 0.00296460137564761618 * DAYS, 0.00237847173959480950 * DAYS, -0.0000296589568540237556 * DAYS },
    0.0000436624404335156298 * SOLAR_MASS,
  },
  {
    { 15.3796971148509165, -25.9193146099879641, 0.179258772950371181 },
    { 0.00268067772490389322 * DAYS, 0.00162824170038242295 * DAYS, -0.0000951592254519715870 * DAYS },
    0.0000515138902046611451 * SOLAR_MASS,
  },
}

local function all_pairs(bodies)
  local pairs = {}
  for i = 1, #bodies do
    for j = i + 1, #bodies do
      pairs[#pairs + 1] = { bodies[i], bodies[j] }
    end
  end
  return pairs
end

local function offset_momentum(bodies)
  local px, py, pz = 0.0, 0.0, 0.0
  for _, body in ipairs(bodies) do
    local v, mass = body[2], body[3]
    px = px - v[1] * mass
    py = py - v[2] * mass
    pz = pz - v[3] * mass
  end
  local velocity, mass = bodies[1][2], bodies[1][3]
  velocity[1], velocity[2], velocity[3] = px / mass, py / mass, pz / mass
end

local function energy(bodies, pairs)
  local total = 0.0
  for _, body in ipairs(bodies) do
    local v, mass = body[2], body[3]
    local vx, vy, vz = v[1], v[2], v[3]
    total = total + 0.5 * mass * (vx * vx + vy * vy + vz * vz)
  end
  for _, pair in ipairs(pairs) do
    local a, b = pair[1], pair[2]
    local p1, p2 = a[1], b[1]
    local dx, dy, dz = p1[1] - p2[1], p1[2] - p2[2], p1[3] - p2[3]
    total = total - a[3] * b[3] / (dx * dx + dy * dy + dz * dz) ^ 0.5
  end
  return total
end

local function advance(bodies, pairs, dt, steps)
  for _ = 1, steps do
    for _, pair in ipairs(pairs) do
      local a, b = pair[1], pair[2]
      local p1, v1, m1 = a[1], a[2], a[3]
      local p2, v2, m2 = b[1], b[2], b[3]
      local x1, y1, z1 = p1[1], p1[2], p1[3]
      local x2, y2, z2 = p2[1], p2[2], p2[3]
      local dx = x1 - x2
      local dy = y1 - y2
      local dz = z1 - z2
      local squared = dx * dx + dy * dy + dz * dz
      local pull = dt / (squared * squared ^ 0.5)
      local pull1 = m1 * pull
      local pull2 = m2 * pull
      v1[1] = v1[1] - dx * pull2
      v1[2] = v1[2] - dy * pull2
      v1[3] = v1[3] - dz * pull2
      v2[1] = v2[1] + dx * pull1
      v2[2] = v2[2] + dy * pull1
      v2[3] = v2[3] + dz * pull1
    end
    for _, body in ipairs(bodies) do
      local position, v = body[1], body[2]
      local vx, vy, vz = v[1], v[2], v[3]
      position[1] = position[1] + dt * vx
      position[2] = position[2] + dt * vy
      position[3] = position[3] + dt * vz
    end
  end
end

local function main()
  local steps = tonumber(arg[1]) or FULL_SIZE
  local bodies = PLANETS
  local pairs = all_pairs(bodies)
  offset_momentum(bodies)
  print(string.format("%.9f", energy(bodies, pairs)))
  advance(bodies, pairs, 0.01, steps)
  print(string.format("%.9f", energy(bodies, pairs)))
  local p = bodies[1][1]
  print("sun at " .. string.format("%.6e %.6e %.6e", p[1], p[2], p[3]))
end

main()
