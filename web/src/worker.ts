/// <reference lib="webworker" />
// Keeps the pages on the phone so that they open without a network. A scanned code always goes to the server first: the
// server notes the moment while answering.
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute, setCatchHandler } from "workbox-routing";
import { NetworkOnly } from "workbox-strategies";

declare const self: ServiceWorkerGlobalScope;

cleanupOutdatedCaches();
precacheAndRoute(self.__WB_MANIFEST);
void self.skipWaiting();
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const shell = createHandlerBoundToURL("index.html");
registerRoute(new NavigationRoute(shell, { denylist: [/^\/c\//, /^\/api\//, /^\/(healthz|readyz|metrics|problems)/] }));
registerRoute(({ request, url }) => request.mode === "navigate" && url.pathname.startsWith("/c/"), new NetworkOnly({ networkTimeoutSeconds: 8 }));
setCatchHandler(async ({ event, request }) => {
  if (request.mode !== "navigate") return Response.error();
  return shell({ event, request, url: new URL(request.url) });
});
