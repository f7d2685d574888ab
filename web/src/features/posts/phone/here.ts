// Where this phone is, asked once and afresh, for a post that is set up on the spot.
import type { Position } from "@/api/types";

export type HereProblem = "refused" | "none";
const PATIENCE_MS = 15_000;

export function here(): Promise<{ position: Position; accuracyM: number }> {
  return new Promise((found, failed) => {
    const geolocation = (navigator as { geolocation?: Geolocation }).geolocation;
    if (!geolocation) return failed("none" satisfies HereProblem);
    geolocation.getCurrentPosition(
      ({ coords }) => found({ position: { lat: coords.latitude, lon: coords.longitude, datum: "wgs84" }, accuracyM: Math.round(coords.accuracy) }),
      (error) => failed((error.code === error.PERMISSION_DENIED ? "refused" : "none") satisfies HereProblem),
      { enableHighAccuracy: true, maximumAge: 0, timeout: PATIENCE_MS },
    );
  });
}
