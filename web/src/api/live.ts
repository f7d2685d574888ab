// What changed on the server, told as it happens: a topic, an id and a version, after which the page asks by its ordinary route.
import { onScopeDispose, readonly, ref, type Ref } from "vue";

export interface Told {
  topic: string;
  id?: number;
  version: number;
}

/** How often a page without a live line asks anew. */
const ASK_ANYWAY_MS = 15_000;

/**
 * Calls `changed` whenever something about `topic` changed, after every reconnect, and every 15 s while the line is down.
 * A hidden page lets its line go: four lines a session are all that the server gives.
 */
export function useLive(topic: string, changed: (told: Told | null) => void): { connected: Readonly<Ref<boolean>> } {
  const connected = ref(false);
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;

  function open() {
    close();
    if (typeof EventSource === "undefined") return;
    source = new EventSource(`/api/v1/live?topic=${encodeURIComponent(topic)}`);
    source.onopen = () => {
      connected.value = true;
      changed(null);
    };
    source.onmessage = (event) => hear(event);
    source.onerror = () => {
      connected.value = false;
      if (source?.readyState === EventSource.CLOSED) {
        clearTimeout(retry);
        retry = setTimeout(open, 3_000);
      }
    };
  }
  function hear(event: MessageEvent) {
    try {
      changed(JSON.parse(String(event.data)) as Told);
    } catch {
      changed(null);
    }
  }
  function close() {
    clearTimeout(retry);
    source?.close();
    source = null;
    connected.value = false;
  }
  const look = () => (document.visibilityState === "hidden" ? close() : open());
  const asking = setInterval(() => {
    if (!connected.value && document.visibilityState !== "hidden") changed(null);
  }, ASK_ANYWAY_MS);

  document.addEventListener("visibilitychange", look);
  open();
  onScopeDispose(() => {
    document.removeEventListener("visibilitychange", look);
    clearInterval(asking);
    close();
  });
  return { connected: readonly(connected) };
}
