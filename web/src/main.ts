// Starts the pages: language and size of type as kept, the server's clock, what was seen before, then the page asked for.
import { VueQueryPlugin } from "@tanstack/vue-query";
import { createApp } from "vue";
import App from "./App.vue";
import { onSessionEnded } from "./api/client";
import { keepQueries, queries } from "./api/queries";
import { learnConfig } from "./config";
import { forget } from "./features/accounts/session";
import { i18n, startLanguage } from "./i18n";
import { router } from "./router";
import { startSize } from "./ui/textSize";
import { startWorker } from "./startWorker";
import "./ui/tokens.css";
import "./ui/base.css";
import "./ui/vant.css";

async function start() {
  startSize();
  onSessionEnded(() => {
    const at = router.currentRoute.value;
    if (at.meta.public) return;
    void forget().then(() => router.push({ name: "sign-in", query: { next: at.fullPath, ended: "1" } }));
  });
  // The clock is on its way while the rest starts; pages wait for neither.
  void learnConfig();
  await Promise.all([startLanguage(), keepQueries(__VERSION__)]);
  createApp(App).use(i18n).use(router).use(VueQueryPlugin, { queryClient: queries }).mount("#app");
  startWorker();
}

void start();
