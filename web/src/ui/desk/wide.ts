// How wide the screen is: three columns from 1200 px, a drawer below, and the phone's pages below 1000 px.
import { onScopeDispose, readonly, ref, type Ref } from "vue";

function matches(query: string): Readonly<Ref<boolean>> {
  const list = window.matchMedia(query);
  const is = ref(list.matches);
  const look = () => (is.value = list.matches);
  // Old browsers know only `addListener`.
  if (list.addEventListener) list.addEventListener("change", look);
  else list.addListener(look);
  onScopeDispose(() => (list.removeEventListener ? list.removeEventListener("change", look) : list.removeListener(look)));
  return readonly(is);
}

export const useHasPanel = () => matches("(min-width: 1200px)");
export const useIsDesk = () => matches("(min-width: 1000px)");
