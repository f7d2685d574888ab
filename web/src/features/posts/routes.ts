// Publishing and what was published.
import type { RouteRecordRaw } from "vue-router";
import desk from "./deskRoutes";

export default [...desk] as RouteRecordRaw[];
