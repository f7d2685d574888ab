// The city's grids as hairlines below everything else, of the level that fits the zoom.
import L from "leaflet";
import { api, body } from "@/api/client";
import { queries } from "@/api/queries";
import type { Answer } from "@/api/types";
import { type Datum, lineOnMap } from "./datum";

type Collection = Answer<"GridCollection">;
type Level = Answer<"GridLevel">;

/** Grids come in WGS-84; a map in GCJ-02 lies up to 0.006 degrees beside, so that much more is asked for. */
const BESIDE = 0.006;

export function levelOf(zoom: number): Level {
  if (zoom < 11) return "district";
  if (zoom < 13.5) return "street";
  return zoom < 16 ? "community" : "estates";
}

/** The box asked for, on a raster of hundredths so that small moves ask nothing new. */
function boxOf(bounds: L.LatLngBounds): string {
  const low = (degrees: number) => (Math.floor((degrees - BESIDE) * 100) / 100).toFixed(2);
  const high = (degrees: number) => (Math.ceil((degrees + BESIDE) * 100) / 100).toFixed(2);
  return [low(bounds.getWest()), low(bounds.getSouth()), high(bounds.getEast()), high(bounds.getNorth())].join(",");
}

function ringsOf(geometry: unknown): number[][][] {
  if (typeof geometry !== "object" || geometry === null) return [];
  const { type, coordinates } = geometry as { type: string; coordinates: unknown };
  if (type === "Polygon") return coordinates as number[][][];
  return type === "MultiPolygon" ? (coordinates as number[][][][]).flat() : [];
}

/** Draws the grids in view and keeps them up with the map; a server out of reach leaves those that are there. */
export function drawGrids(map: L.Map, datum: Datum): () => void {
  const layer = L.layerGroup().addTo(map);
  const renderer = L.canvas({ padding: 0.3 });
  let shown = "";

  async function draw() {
    const level = levelOf(map.getZoom());
    const bbox = boxOf(map.getBounds());
    const asked = `${level} ${bbox}`;
    if (asked === shown) return;
    shown = asked;
    let grids: Collection;
    try {
      grids = await queries.fetchQuery({
        queryKey: ["grids", level, bbox],
        queryFn: () => body(api.GET("/api/v1/grids", { params: { query: { bbox, level } } })),
        staleTime: 3_600_000,
      });
    } catch {
      shown = "";
      return;
    }
    if (asked !== shown) return;
    layer.clearLayers();
    const named = level !== "estates" || map.getZoom() >= 16;
    for (const feature of grids.features) {
      const lines = ringsOf(feature.geometry).map((ring) => lineOnMap(ring, "wgs84", datum));
      if (lines.length === 0) continue;
      const shape = L.polygon(lines, { renderer, className: "grid", color: "#8A857D", weight: 1, fill: false, interactive: false });
      layer.addLayer(shape);
      if (named && grids.features.length <= 40) {
        layer.addLayer(L.marker(shape.getBounds().getCenter(), { icon: L.divIcon({ className: "dg-grid-name", html: escaped(feature.properties.name), iconSize: [0, 0] }), interactive: false, keyboard: false }));
      }
    }
  }

  const later = () => void draw();
  map.on("moveend", later);
  later();
  return () => map.off("moveend", later);
}

/** Text as HTML that shows just that text. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
