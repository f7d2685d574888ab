// Brings positions to the datum that the map is drawn in. WGS-84 and BD-09 are brought forward to GCJ-02; GCJ-02 is never
// turned back into WGS-84 (surveying law), so on a WGS-84 map such a place stands where it was given and is marked as near.
import gcoord from "gcoord";
import type { Position } from "@/api/types";

export type Datum = Position["datum"];
export interface Place {
  lat: number;
  lon: number;
  /** False when the map's datum isn't the place's own and can't be reached: about 220 m off in Lanzhou. */
  exact: boolean;
}

/** One place in the map's datum. */
export function onMap(position: Position, map: Datum): Place {
  const { lat, lon, datum } = position;
  if (datum === map) return { lat, lon, exact: true };
  if (map !== "gcj02") return { lat, lon, exact: false };
  const [x, y] = gcoord.transform([lon, lat], datum === "wgs84" ? gcoord.WGS84 : gcoord.BD09, gcoord.GCJ02);
  return { lat: y, lon: x, exact: true };
}

/** A closed line of `[lon, lat]` in WGS-84, as GeoJSON has it, in the map's datum as Leaflet's `[lat, lon]`. */
export function lineOnMap(line: number[][], from: Datum, map: Datum): [number, number][] {
  return line.map(([lon, lat]) => {
    const place = onMap({ lat: lat!, lon: lon!, datum: from }, map);
    return [place.lat, place.lon];
  });
}
