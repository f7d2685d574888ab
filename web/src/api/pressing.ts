// One press of a button: busy while it goes, its refusal kept to be shown, and one key until it is answered, so that a press
// whose answer was lost counts once when it is pressed again.
import { ref, type Ref, shallowRef } from "vue";
import { keyed } from "./client";
import { problemOf } from "./problem";
import { randomId } from "./random";

export interface Pressing {
  busy: Ref<boolean>;
  error: Ref<unknown>;
  /** Does it, unless it is being done; `what` tells presses apart that mean different things. True when it was done. */
  press: (what: unknown, act: (manner: { headers: Record<string, string> }) => Promise<unknown>) => Promise<boolean>;
}

export function usePressing(): Pressing {
  const busy = ref(false);
  const error = shallowRef<unknown>(null);
  let key = "";
  let meant = "";

  async function press(what: unknown, act: (manner: { headers: Record<string, string> }) => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false;
    const means = JSON.stringify(what);
    if (key === "" || means !== meant) [key, meant] = [randomId(), means];
    busy.value = true;
    error.value = null;
    try {
      await act(keyed(key));
      key = "";
      return true;
    } catch (problem) {
      error.value = problem;
      if (!problemOf(problem).passes) key = "";
      return false;
    } finally {
      busy.value = false;
    }
  }
  return { busy, error, press };
}
