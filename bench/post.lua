-- wrk script: posts the bytes of a file. Environment: BODY (file), TYPE (Content-Type).
local file = assert(io.open(os.getenv("BODY"), "rb"))
wrk.method = "POST"
wrk.body = file:read("*a")
wrk.headers["Content-Type"] = os.getenv("TYPE")
file:close()

done = function(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format("RESULT %d %d %f %f %f\n", summary.requests,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout,
        summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
