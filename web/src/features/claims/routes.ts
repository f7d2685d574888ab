// A post before and after claiming it, and one's own shifts.
import type { RouteRecordRaw } from "vue-router";

export default [
  { path: "/shifts/:id(\\d+)", name: "shift", component: () => import("./ShiftPage.vue") },
  { path: "/mine", name: "mine", component: () => import("./MinePage.vue") },
] satisfies RouteRecordRaw[];
