import type { RouteRecordRaw } from "vue-router";

export default [] as RouteRecordRaw[];
