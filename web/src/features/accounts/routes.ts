// Signing in, and one's own settings.
import type { RouteRecordRaw } from "vue-router";

export default [
  { path: "/sign-in", name: "sign-in", component: () => import("./SignInPage.vue"), meta: { public: true } },
  { path: "/me", name: "me", component: () => import("./MePage.vue") },
] satisfies RouteRecordRaw[];
