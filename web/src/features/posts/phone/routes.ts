// The officer's phone: today, publishing, one post, and stopping the day.
import type { RouteRecordRaw } from "vue-router";

export default [
  { path: "/office", name: "office", component: () => import("./TodayPage.vue") },
  { path: "/office/new", name: "office-new", component: () => import("./PublishPage.vue") },
  { path: "/office/posts/:id(\\d+)", name: "office-post", component: () => import("./PostPage.vue") },
  { path: "/office/posts/:id(\\d+)/edit", name: "office-edit", component: () => import("./EditPage.vue") },
  { path: "/office/stop", name: "office-stop", component: () => import("./StopDayPage.vue") },
] satisfies RouteRecordRaw[];
