// The time that counts: the server's. A phone's clock may be wrong by a year, so pages never show or judge by it alone.
import { onScopeDispose, readonly, ref, type Ref } from "vue";

let aheadMs = 0;

/** Notes what the server's clock shows, known to have been asked at `askedAt` and answered at `answeredAt` (this phone's ms). */
export function learnTime(server: string, askedAt: number, answeredAt: number): void {
  const told = Date.parse(server);
  if (!Number.isNaN(told)) aheadMs = told - (askedAt + answeredAt) / 2;
}

/** The server's time now, as a `Date`. */
export function now(): Date {
  return new Date(Date.now() + aheadMs);
}

/** How far the phone's clock is from the server's, in ms; positive when the phone is slow. */
export function phoneIsSlowByMs(): number {
  return aheadMs;
}

/** The server's time, told anew every `everyMs`. */
export function useNow(everyMs = 1000): Readonly<Ref<Date>> {
  const time = ref(now());
  const timer = setInterval(() => (time.value = now()), everyMs);
  onScopeDispose(() => clearInterval(timer));
  return readonly(time) as Readonly<Ref<Date>>;
}
