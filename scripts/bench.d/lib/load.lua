-- Sends the lines of a file (path, token and body, parted by tabs) as POSTs: each once, or over and over.
--
-- LOAD_REQUESTS  the file; each of the LOAD_THREADS threads takes its share
-- LOAD_REPEAT    when set, over and over until wrk's time ends, and answers are only counted by wrk
-- LOAD_RATE      when set, an open loop: requests a second over all threads, each due at its own moment, and
--                latency is counted from that moment, so that a server that stalls is charged for the wait
-- LOAD_OUT       where the result goes as JSON; LOAD_OUT.finished.N appears when thread N has all its answers
local ffi = require("ffi")
ffi.cdef [[ typedef struct { long s; long ns; } instant; int clock_gettime(int, instant *); ]]

local read = ffi.new("instant")
local function now() -- seconds, monotonic
  ffi.C.clock_gettime(1, read)
  return tonumber(read.s) + tonumber(read.ns) / 1e9
end

local count = tonumber(os.getenv("LOAD_THREADS"))
local rate = tonumber(os.getenv("LOAD_RATE"))
local once = os.getenv("LOAD_REPEAT") == ""
local out = os.getenv("LOAD_OUT")
local threads = {}

function setup(thread)
  thread:set("number", #threads)
  threads[#threads + 1] = thread
end

local requests, due_of, filler, sent, answered, delayed = {}, {}, nil, 0, 0, 0
statuses, latencies, first_at, last_at = {}, {}, 0, 0

function init()
  local line_number = 0
  for line in io.lines(os.getenv("LOAD_REQUESTS")) do
    if line_number % count == number then
      local path, token, body = line:match("^(.-)\t(.-)\t(.*)$")
      local headers = { Authorization = "Bearer " .. token, ["Content-Type"] = "application/json" }
      requests[#requests + 1] = { wrk.format("POST", path, headers, body), path:match("/claims/(%d+)/") }
    end
    line_number = line_number + 1
  end
  -- Connections without a request left ask for this while the last answers are on their way; it isn't counted.
  filler = wrk.format("GET", "/healthz")
end

local function due(n) return first_at + (n - 1) * count / rate end

local tried = false

function request()
  -- wrk calls this once on the first thread before it begins, to look at what comes, and doesn't send it.
  if number == 0 and not tried then
    tried = true
    return requests[1][1]
  end
  if sent == 0 and first_at == 0 then first_at = now() end
  if sent == #requests then
    if once then return filler end
    sent = 0
  end
  sent = sent + 1
  local chosen = requests[sent]
  if rate then due_of[chosen[2]] = due(sent) end
  return chosen[1]
end

if once then
  function delay() -- milliseconds until this connection asks for its next request
    if first_at == 0 then first_at = now() end
    delayed = delayed + 1
    -- Nothing is left for it: it is to take nothing from the answers that are still on their way.
    if delayed > #requests then return 1000 end
    return rate and math.max(0, math.ceil((due(delayed) - now()) * 1000)) or 0
  end
end

if once then
  function response(status, _, body)
    if status == 200 then return end
    statuses[status] = (statuses[status] or 0) + 1
    answered = answered + 1
    last_at = now()
    if rate then
      local claim = body:match('"claim":%s*(%d+)') or body:match('"claim":%s*{.-"id":%s*(%d+)')
      if claim and due_of[claim] then latencies[#latencies + 1] = (last_at - due_of[claim]) * 1000 end
    end
    if answered == #requests then
      io.open(out .. ".finished." .. number, "w"):close()
      wrk.thread:stop()
    end
  end
end

local function percentile(values, share)
  return values[math.max(1, math.ceil(#values * share))] or 0
end

function done(summary, latency)
  local first, last, total, by_status, corrected = math.huge, 0, 0, {}, {}
  for _, thread in ipairs(threads) do
    if thread:get("first_at") > 0 then first = math.min(first, thread:get("first_at")) end
    last = math.max(last, thread:get("last_at"))
    for status, n in pairs(thread:get("statuses")) do
      by_status[status] = (by_status[status] or 0) + n
      total = total + n
    end
    for _, value in ipairs(thread:get("latencies")) do corrected[#corrected + 1] = value end
  end
  table.sort(corrected)
  local seconds = last - first
  if not once then seconds, total = summary.duration / 1e6, summary.requests end
  local p50, p99 = latency:percentile(50) / 1000, latency:percentile(99) / 1000
  if rate then p50, p99 = percentile(corrected, 0.5), percentile(corrected, 0.99) end
  local parts = {}
  for status, n in pairs(by_status) do parts[#parts + 1] = ('"%d": %d'):format(status, n) end
  local errors = summary.errors
  local file = io.open(out, "w")
  file:write(('{"statuses": {%s}, "not_2xx": %d, "broken": %d, "seconds": %.6f, "rate": %.3f, "timed": %d, "p50_ms": %.3f, "p99_ms": %.3f}')
    :format(table.concat(parts, ", "), errors.status, errors.connect + errors.read + errors.write + errors.timeout,
      math.max(seconds, 0), total / math.max(seconds, 1e-6), #corrected, p50, p99))
  file:close()
end
