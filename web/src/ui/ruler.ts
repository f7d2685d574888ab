// How a service's minutes lie on a ruler: from what came first to what came last, in parts of a hundred.

export interface Ruled {
  /** Left edge and width in percent. */
  left: number;
  width: number;
}

export interface Ruler {
  /** What doesn't count: before the start, after the end, or time away. */
  early: Ruled | null;
  served: Ruled | null;
  startsAt: number;
  endsAt: number;
}

/** Lays out a shift and a presence, all in ms. A presence without an end reaches to the shift's end. */
export function layOut(startsAt: number, endsAt: number, arrivedAt: number | null, leftAt: number | null): Ruler {
  const from = Math.min(startsAt, arrivedAt ?? startsAt);
  const whole = Math.max(1, endsAt - from);
  const part = (a: number, b: number): Ruled | null => (b > a ? { left: ((a - from) / whole) * 100, width: ((b - a) / whole) * 100 } : null);
  const servedFrom = Math.max(startsAt, arrivedAt ?? endsAt);
  const servedTo = Math.min(endsAt, leftAt ?? endsAt);
  return {
    early: arrivedAt === null ? null : part(arrivedAt, Math.min(startsAt, endsAt)),
    served: part(servedFrom, servedTo),
    startsAt: ((startsAt - from) / whole) * 100,
    endsAt: 100,
  };
}
