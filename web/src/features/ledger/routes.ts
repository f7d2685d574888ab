// One's own record.
import type { RouteRecordRaw } from "vue-router";

export default [{ path: "/record", name: "record", component: () => import("./RecordPage.vue") }] satisfies RouteRecordRaw[];
