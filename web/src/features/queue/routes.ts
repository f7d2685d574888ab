// Where a member looks for posts.
import type { RouteRecordRaw } from "vue-router";

export default [{ path: "/", name: "queue", component: () => import("./HomePage.vue") }] satisfies RouteRecordRaw[];
