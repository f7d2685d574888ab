// The time that counts: the server's. A phone's clock may be wrong by a year, so pages never show or judge by it alone.
import { onScopeDispose, readonly, ref, type Ref, watch } from "vue";

const aheadMs = ref(0);

/** Notes what the server's clock shows, known to have been asked at `askedAt` and answered at `answeredAt` (this phone's ms). */
export function learnTime(server: string, askedAt: number, answeredAt: number): void {
  const told = Date.parse(server);
  if (!Number.isNaN(told)) aheadMs.value = told - (askedAt + answeredAt) / 2;
}

/** The server's time now, as a `Date`. */
export function now(): Date {
  return new Date(Date.now() + aheadMs.value);
}

/** The server's time, told anew every `everyMs`, and at once when the server has told another. */
export function useNow(everyMs = 1000): Readonly<Ref<Date>> {
  const time = ref(now());
  const timer = setInterval(() => (time.value = now()), everyMs);
  watch(aheadMs, () => (time.value = now()), { flush: "sync" });
  onScopeDispose(() => clearInterval(timer));
  return readonly(time) as Readonly<Ref<Date>>;
}
