// Marks on the map, told apart by shape: dot full, ringed amber short, triangle nobody, square stopped, pin a place.
import L from "leaflet";
import { escaped } from "./grids";

export type MarkKind = "full" | "short" | "nobody" | "stopped" | "place";

const SHAPES: Record<MarkKind, string> = {
  full: '<circle cx="14" cy="14" r="7" class="full"/>',
  short: '<circle cx="14" cy="14" r="8" class="short"/>',
  nobody: '<path d="M14 5 L23 22 L5 22 Z" class="nobody"/>',
  stopped: '<rect x="7" y="7" width="14" height="14" class="stopped"/>',
  place: '<path d="M14 27 C6 18 5 14 5 11 a9 9 0 0 1 18 0 c0 3 -1 7 -9 16z" class="place"/><circle cx="14" cy="11" r="3.4" class="hole"/>',
};

/** The shape alone, for a legend. */
export const shapeOf = (kind: MarkKind): string => SHAPES[kind];

export function iconOf(kind: MarkKind, label: string, selected: boolean): L.DivIcon {
  const name = label ? `<span>${escaped(label)}</span>` : "";
  return L.divIcon({
    className: `dg-mark ${selected ? "selected" : ""}`,
    html: `<svg viewBox="0 0 28 28" width="28" height="28" aria-hidden="true">${SHAPES[kind]}</svg>${name}`,
    iconSize: [44, 44],
    iconAnchor: kind === "place" ? [22, 36] : [22, 22],
  });
}
