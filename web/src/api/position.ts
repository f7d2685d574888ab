// Where the phone is: a fresh fix each time, told as it becomes more exact, and why there is none in words of our own.
import type { Answer } from "./types";

export type Fix = Answer<"PositionBody"> & { accuracy_m: number };
/** Why no position comes: this browser has none, the person said no, the phone has it switched off, or it takes too long. */
export type Trouble = "unsupported" | "denied" | "off" | "slow";

/** An error 2 often passes with the next fix; one that stays this long is told. */
const PASSING_MS = 4_000;
const PATIENCE_MS = 20_000;
const DAY_MS = 86_400_000;

/** When a fix was taken, by the phone's own clock. Some browsers count from another year; then it is now. */
function takenAt(stamp: number): string {
  const here = Date.now();
  return new Date(Math.abs(here - stamp) < DAY_MS ? stamp : here).toISOString();
}

function fixOf({ coords, timestamp }: GeolocationPosition): Fix {
  return { lat: coords.latitude, lon: coords.longitude, datum: "wgs84", accuracy_m: coords.accuracy, taken_at: takenAt(timestamp) };
}

/** Tells every fix from now on, and a trouble that lasts (`null` once it has passed). Answers how to end it. */
export function seek(onFix: (fix: Fix) => void, onTrouble: (trouble: Trouble | null) => void): () => void {
  if (!("geolocation" in navigator) || !navigator.geolocation) {
    onTrouble("unsupported");
    return () => {};
  }
  let lasting: ReturnType<typeof setTimeout> | undefined;
  const watched = navigator.geolocation.watchPosition(
    (position) => {
      clearTimeout(lasting);
      onTrouble(null);
      onFix(fixOf(position));
    },
    ({ code }) => {
      clearTimeout(lasting);
      if (code === 1) onTrouble("denied");
      else if (code === 3) onTrouble("slow");
      else lasting = setTimeout(() => onTrouble("off"), PASSING_MS);
    },
    { enableHighAccuracy: true, maximumAge: 0, timeout: PATIENCE_MS },
  );
  return () => {
    clearTimeout(lasting);
    navigator.geolocation.clearWatch(watched);
  };
}

/** Whether the person has allowed positions before; a browser that can't tell counts as not. */
export async function isAllowed(): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: "geolocation" })).state === "granted";
  } catch {
    return false;
  }
}

/** A first fix of at most `within_m` metres, within a time; `null` when none comes. Nobody is asked for permission here when `ask` is false. */
export async function oneFix({ ask, within_m, wait_ms }: { ask: boolean; within_m: number; wait_ms: number }): Promise<Fix | null> {
  if (!ask && !(await isAllowed())) return null;
  return new Promise((found) => {
    const end = (fix: Fix | null) => {
      clearTimeout(timer);
      stop();
      found(fix);
    };
    let stop = () => {};
    const timer = setTimeout(() => end(null), wait_ms);
    stop = seek(
      (fix) => fix.accuracy_m <= within_m && end(fix),
      (trouble) => (trouble === "denied" || trouble === "unsupported") && end(null),
    );
  });
}
