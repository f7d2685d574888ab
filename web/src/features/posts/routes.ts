// Writing posts: the officer's phone, and the desk.
import type { RouteRecordRaw } from "vue-router";
import desk from "./deskRoutes";
import phone from "./phone/routes";

export default [...phone, ...desk] as RouteRecordRaw[];
