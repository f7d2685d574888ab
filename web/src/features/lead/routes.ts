// The lead's phone, and the screen that shows one shift's code.
import type { RouteRecordRaw } from "vue-router";

export default [
  { path: "/lead", name: "led", component: () => import("./LedPage.vue") },
  { path: "/lead/:shiftId(\\d+)", name: "lead-code", component: () => import("./CodePage.vue") },
  { path: "/lead/:shiftId(\\d+)/arrivals", name: "lead-arrivals", component: () => import("./ArrivalsPage.vue") },
  { path: "/lead/:shiftId(\\d+)/departures", name: "lead-departures", component: () => import("./DeparturesPage.vue") },
  { path: "/lead/:shiftId(\\d+)/attest/:claimId(\\d+)", name: "lead-attest", component: () => import("./AttestPage.vue") },
  { path: "/lead/:shiftId(\\d+)/resolve/:claimId(\\d+)", name: "lead-resolve", component: () => import("./ResolvePage.vue") },
  { path: "/lead/:shiftId(\\d+)/stop", name: "lead-stop", component: () => import("./StopPage.vue") },
  { path: "/lead/:shiftId(\\d+)/screens", name: "lead-screens", component: () => import("./ScreensPage.vue") },
  { path: "/screens/pair", name: "screen", component: () => import("./PairedScreenPage.vue"), meta: { public: true } },
] satisfies RouteRecordRaw[];
