import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { onMap } from "./datum";

/** The same check vectors by which the server's datums are held. */
const rows = readFileSync("../tests/data/datum_vectors.csv", "utf8").trim().split("\n").slice(1).map((line) => line.split(","));

describe("a place on a map in GCJ-02", () => {
  it.each(rows)("%s comes from WGS-84 within a tenth of a metre", (_name, lon, lat, gcjLon, gcjLat) => {
    const place = onMap({ lat: Number(lat), lon: Number(lon), datum: "wgs84" }, "gcj02");
    expect(place.exact).toBe(true);
    expect(Math.abs(place.lat - Number(gcjLat))).toBeLessThan(1e-6);
    expect(Math.abs(place.lon - Number(gcjLon))).toBeLessThan(1e-6);
  });
});

describe("a place on a map in WGS-84", () => {
  it("is never turned back from GCJ-02", () => {
    expect(onMap({ lat: 36.0607, lon: 103.8367, datum: "gcj02" }, "wgs84")).toEqual({ lat: 36.0607, lon: 103.8367, exact: false });
  });
});
