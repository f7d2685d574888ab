import { beforeEach, expect, it, vi } from "vitest";

const answer = { claim: 7, state: "checked_in", evidence_level: "fair", reasons: [], late: false, counts: "lead_confirms", attempt: { evidence_level: "fair", reasons: [] }, checked_in_at: "2026-09-01T07:22:00+08:00" };
const answered = () => new Response(JSON.stringify(answer), { status: 201, headers: { "content-type": "application/json" } });

beforeEach(() => {
  sessionStorage.clear();
  vi.resetModules();
  vi.useFakeTimers();
});

it("keeps a press without a network and sends it once more under its key", async () => {
  const keys: (string | null)[] = [];
  let reachable = false;
  vi.stubGlobal("fetch", async (request: Request) => {
    if (!request.url.includes("check-in")) return answered();
    keys.push(request.headers.get("idempotency-key"));
    if (!reachable) throw new TypeError("no network");
    return answered();
  });
  const { press, unsent, settled, sendAgain } = await import("./unsent");
  const pressed = press(7, 3, "in", { method: "geofence" });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await pressed).toBeNull();
  expect(unsent.value).toHaveLength(1);
  expect(JSON.parse(sessionStorage.getItem("daogang.unsent")!)).toHaveLength(1);
  reachable = true;
  await sendAgain();
  expect(unsent.value).toEqual([]);
  expect(settled.value[7]?.answer?.state).toBe("checked_in");
  expect(new Set(keys).size).toBe(1);
});

it("lets a refusal through at once and keeps nothing", async () => {
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ code: "checkin.too_early", facts: {} }), { status: 409 }));
  const { press, unsent } = await import("./unsent");
  await expect(press(7, 3, "in", { method: "geofence" })).rejects.toMatchObject({ code: "checkin.too_early" });
  expect(unsent.value).toEqual([]);
});
