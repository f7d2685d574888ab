// The officer's desk: its addresses, each page and its words loaded when first asked for.
import type { RouteRecordRaw } from "vue-router";
import { loadDeskWords } from "@/i18n/deskWords";

const beforeEnter = async () => {
  await loadDeskWords();
};

export default [
  { path: "/desk", name: "desk", component: () => import("./desk/DeskTodayPage.vue"), beforeEnter },
  { path: "/desk/posts", name: "desk-posts", component: () => import("./desk/DeskPostsPage.vue"), beforeEnter },
  { path: "/desk/rows", name: "desk-rows", component: () => import("./desk/DeskRowsPage.vue"), beforeEnter },
  { path: "/desk/reviews", name: "desk-reviews", component: () => import("./desk/DeskReviewsPage.vue"), beforeEnter },
] satisfies RouteRecordRaw[];
