// A post before and after claiming it, one's own shifts, and the record of what came of them.
import type { RouteRecordRaw } from "vue-router";

export default [
  { path: "/shifts/:id(\\d+)", name: "shift", component: () => import("./ShiftPage.vue") },
  { path: "/mine", name: "mine", component: () => import("./MinePage.vue") },
  { path: "/record", name: "record", component: () => import("./RecordPage.vue") },
] satisfies RouteRecordRaw[];
