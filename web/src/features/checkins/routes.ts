// Arriving and leaving: by the big page, or by the code that a phone's scanner opened.
import type { RouteRecordRaw } from "vue-router";
import { codeOf, startScan } from "./scan";

const codePage = () => import("./CodePage.vue");

// A scanned code waits for nothing else: its request goes out, and its page is fetched, before the rest has started.
if (codeOf(location.pathname)) {
  startScan(location.pathname);
  void codePage();
}

export default [
  { path: "/c/:code", name: "code", component: codePage, meta: { public: true } },
  { path: "/arrive/:claimId(\\d+)", name: "arrive", component: () => import("./ArrivePage.vue") },
] satisfies RouteRecordRaw[];
