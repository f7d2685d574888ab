// Which page answers which address. Every feature names its own; whoever isn't signed in signs in first and comes back.
import { createRouter, createWebHistory } from "vue-router";
import accounts from "@/features/accounts/routes";
import { publishes, unitsHeld, whoIsIt } from "@/features/accounts/session";
import checkins from "@/features/checkins/routes";
import claims from "@/features/claims/routes";
import insight from "@/features/insight/routes";
import lead from "@/features/lead/routes";
import ledger from "@/features/ledger/routes";
import posts from "@/features/posts/routes";
import queue from "@/features/queue/routes";

declare module "vue-router" {
  interface RouteMeta {
    /** Opens without a session. */
    public?: boolean;
    /** The title's message. */
    title?: string;
  }
}

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    ...accounts,
    ...queue,
    ...claims,
    ...checkins,
    ...lead,
    ...ledger,
    ...posts,
    ...insight,
    { path: "/:unknown(.*)*", name: "not-found", component: () => import("./NotFoundPage.vue"), meta: { public: true } },
  ],
  scrollBehavior: (to, _from, saved) => saved ?? (to.hash ? { el: to.hash } : { top: 0 }),
});

/** Only addresses of our own are returned to. */
export function safeNext(next: unknown): string | null {
  return typeof next === "string" && /^\/(?![/\\])/.test(next) ? next : null;
}

/** Where somebody starts: officers at a wide screen at their desk, everybody else at the posts. */
export function homeOf(wide = window.innerWidth >= 1000): string {
  if (wide && publishes.value.length > 0) return "/desk";
  if (wide && unitsHeld.value.length > 0) return "/desk/unit";
  return "/";
}

router.beforeEach(async (to) => {
  if (to.meta.public) return true;
  try {
    if (await whoIsIt()) return true;
  } catch {
    return true;
  }
  return { name: "sign-in", query: to.fullPath === "/" ? {} : { next: to.fullPath } };
});
