// What a unit reads of its own members' services.
import type { RouteRecordRaw } from "vue-router";
import { loadDeskWords } from "@/i18n/deskWords";

export default [
  {
    path: "/desk/unit",
    name: "desk-unit",
    component: () => import("./desk/DeskUnitPage.vue"),
    beforeEnter: async () => {
      await loadDeskWords();
    },
  },
] as RouteRecordRaw[];
