// Keeps the screen lit while the code is shown, where the browser can; where it can't the page asks for it in words.
import { onScopeDispose, ref, type Ref } from "vue";

export function useAwake(): { cannot: Ref<boolean> } {
  const cannot = ref(false);
  let lock: WakeLockSentinel | null = null;
  let ended = false;

  async function hold() {
    if (ended || document.visibilityState === "hidden") return;
    try {
      // Old browsers have none.
      const wakeLock = (navigator as { wakeLock?: WakeLock }).wakeLock;
      if (!wakeLock) throw new Error("no wake lock here");
      lock = await wakeLock.request("screen");
      cannot.value = false;
      if (ended) void lock.release();
    } catch {
      cannot.value = true;
    }
  }
  const again = () => void hold();
  document.addEventListener("visibilitychange", again);
  void hold();
  onScopeDispose(() => {
    ended = true;
    document.removeEventListener("visibilitychange", again);
    void lock?.release().catch(() => {});
  });
  return { cannot };
}
