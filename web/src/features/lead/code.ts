// A shift's code on this screen: asked for a step ahead, changed at its own time without a request, gone when it is too old.
import { computed, onScopeDispose, ref, type Ref, shallowRef } from "vue";
import { api, body } from "@/api/client";
import { now } from "@/api/clock";
import { type Problem, problemOf } from "@/api/problem";
import { type CodeView, showing, untilNextChange } from "./shown";

const AGAIN_MS = 2_000;
const PATIENCE_MS = 5_000;

/**
 * The server's real clock, by what has passed on this phone since it was told. The phone's two clocks are both asked and the
 * later taken: one may be set back, the other may stop while the phone sleeps, and a code shown too long would mislead.
 */
class RealClock {
  private told = 0;
  private atPhone = 0;
  private atPerf = 0;

  learn(server: string, tookMs: number) {
    this.told = Date.parse(server) + tookMs / 2;
    this.atPhone = Date.now();
    this.atPerf = performance.now();
  }
  now(): number {
    return this.told + Math.max(0, Date.now() - this.atPhone, performance.now() - this.atPerf);
  }
}

export function useCode(shift: Ref<number>) {
  const clock = new RealClock();
  const view = shallowRef<CodeView | null>(null);
  const refusal = shallowRef<Problem | null>(null);
  /** Since when nothing was answered. */
  const lostSince = shallowRef<Date | null>(null);
  const at = ref(0);
  const shown = computed(() => showing(view.value, at.value));
  let asking = false;
  let ended = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let askNext = 0;

  async function ask() {
    if (asking || ended) return;
    asking = true;
    const askedAt = performance.now();
    const abort = new AbortController();
    const patience = setTimeout(() => abort.abort(), PATIENCE_MS);
    try {
      const told = await body(api.GET("/api/v1/shifts/{id}/code", { params: { path: { id: shift.value } }, signal: abort.signal }));
      clock.learn(told.now, performance.now() - askedAt);
      view.value = told;
      refusal.value = null;
      lostSince.value = null;
    } catch (error) {
      const problem = problemOf(error);
      if (problem.passes) lostSince.value ??= now();
      else {
        refusal.value = problem;
        view.value = null;
        lostSince.value = null;
      }
      askNext = performance.now() + (problem.passes ? AGAIN_MS : 15_000);
    } finally {
      clearTimeout(patience);
      asking = false;
    }
    turn();
  }

  /** Shows what the moment wants, asks when the current step is over, and comes back at the next whole second. */
  function turn() {
    clearTimeout(timer);
    if (ended) return;
    at.value = clock.now();
    const over = !view.value || at.value >= Date.parse(view.value.valid_until);
    if (over && performance.now() >= askNext) void ask();
    timer = setTimeout(turn, untilNextChange(shown.value, at.value));
  }

  function askNow() {
    askNext = 0;
    void ask();
  }
  const awake = () => {
    if (document.visibilityState === "hidden") return;
    turn();
    askNow();
  };
  const dropped = () => (lostSince.value ??= now());
  document.addEventListener("visibilitychange", awake);
  addEventListener("online", askNow);
  addEventListener("offline", dropped);
  onScopeDispose(() => {
    ended = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", awake);
    removeEventListener("online", askNow);
    removeEventListener("offline", dropped);
  });
  void ask();
  turn();

  return { shown, view, refusal, lostSince, askNow };
}
