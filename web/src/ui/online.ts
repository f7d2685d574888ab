// Whether the phone has a network, as far as its browser knows; and since when the shown data is.
import { readonly, ref } from "vue";
import { now } from "@/api/clock";

const online = ref(navigator.onLine !== false);
const since = ref<Date | null>(online.value ? null : now());

addEventListener("online", () => {
  online.value = true;
  since.value = null;
});
addEventListener("offline", () => {
  online.value = false;
  since.value = now();
});

export const isOnline = readonly(online);
export const offlineSince = readonly(since);
