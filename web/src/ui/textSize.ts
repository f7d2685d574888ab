// The size of type: three steps, kept on this phone, set on the root so that every rem grows.
import { ref } from "vue";
import { keep, kept } from "./kept";

export const SIZES = ["100", "125", "150"] as const;
export type Size = (typeof SIZES)[number];

export const size = ref<Size>("100");

export function useSize(wanted: Size): void {
  size.value = wanted;
  if (wanted === "100") delete document.documentElement.dataset.size;
  else document.documentElement.dataset.size = wanted;
  keep("size", wanted);
}

export function startSize(): void {
  const before = kept("size") as Size | null;
  if (before !== null && SIZES.includes(before)) useSize(before);
}
