// Writing posts: the officer's phone.
import type { RouteRecordRaw } from "vue-router";
import phone from "./phone/routes";

export default [...phone] as RouteRecordRaw[];
