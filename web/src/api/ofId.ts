// Names the row of a route such as `/posts/{id}`: the interface document leaves most ids of paths out.

/** The `params` of a route with an id in its path, and whatever else it takes. */
export function ofId(id: number, rest: { query?: Record<string, unknown>; header?: Record<string, unknown> } = {}): never {
  return { path: { id }, ...rest } as never;
}
