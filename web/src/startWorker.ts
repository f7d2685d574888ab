// Has the pages kept on this phone by a worker, where the browser has one; everything works without.
export function startWorker(): void {
  if (import.meta.env.DEV || !("serviceWorker" in navigator)) return;
  addEventListener("load", () => void navigator.serviceWorker.register("/worker.js", { scope: "/" }).catch(() => {}));
  if (document.readyState === "complete") void navigator.serviceWorker.register("/worker.js", { scope: "/" }).catch(() => {});
}
