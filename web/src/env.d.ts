/// <reference types="vite/client" />
declare module "*.vue" {
  import type { DefineComponent } from "vue";
  const component: DefineComponent;
  export default component;
}
/** The version of these pages, from package.json. */
declare const __VERSION__: string;
