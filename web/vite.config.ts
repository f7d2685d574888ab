// How the pages are built: two lazily joined halves (phone and desk), compressed beforehand, kept on the phone by a worker.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue";
import { VantResolver } from "@vant/auto-import-resolver";
import Components from "unplugin-vue-components/vite";
import type { Plugin } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";

const { version } = JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8")) as { version: string };
const server = process.env.DAOGANG_DEV_SERVER ?? "http://127.0.0.1:8080";

const isOfDesk = (id: string) => /\/node_modules\/(element-plus|@element-plus)\/|\/src\/.*\/desk\//.test(id);
const deskChunks = new Set<string>();

/** Vant's icon font has a fallback on a foreign host, which a browser asks for on every page; our icons are SVG. */
const withoutVantIcons: Plugin = {
  name: "daogang-without-vant-icons",
  enforce: "pre",
  transform(_code, id) {
    if (!/vant\/(es|lib)\/icon\/index\.css/.test(id)) return null;
    return ".van-icon{display:none}";
  },
};

export default defineConfig({
  define: {
    __VERSION__: JSON.stringify(version),
    __VUE_OPTIONS_API__: "false",
    __VUE_PROD_DEVTOOLS__: "false",
    __INTLIFY_PROD_DEVTOOLS__: "false",
  },
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  plugins: [
    withoutVantIcons,
    vue(),
    Components({ resolvers: [VantResolver()], dts: false, dirs: [] }),
    VitePWA({
      registerType: "autoUpdate",
      injectRegister: false,
      strategies: "injectManifest",
      srcDir: "src",
      filename: "worker.ts",
      injectManifest: {
        globPatterns: ["index.html", "assets/**/*.{js,css,wasm}", "*.{svg,png}"],
        globIgnores: ["assets/desk-*", "assets/desk/**"],
        maximumFileSizeToCacheInBytes: 3_000_000,
      },
      manifest: {
        name: "到岗",
        short_name: "到岗",
        description: "认领岗位，到岗签到，看服务记录",
        lang: "zh-CN",
        start_url: "/",
        display: "standalone",
        background_color: "#F2F1EE",
        theme_color: "#FFFFFF",
        icons: [
          { src: "/icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" },
          { src: "/icon-512.png", sizes: "512x512", type: "image/png", purpose: "any" },
        ],
      },
    }),
  ],
  build: {
    target: ["chrome74", "safari12"],
    cssTarget: ["chrome74", "safari12"],
    sourcemap: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // Many small files cost a phone more than they save: what nearly every page of the phone uses is one.
        codeSplitting: { groups: [{ name: "base", test: /src[\\/](api|ui)[\\/][^\\/]+\.(ts|vue)|@tanstack|plugin-vue:export-helper/ }] },
        // What the desk alone uses lies in a folder that the phone's worker doesn't keep.
        chunkFileNames: (chunk) => {
          if (!chunk.moduleIds.some(isOfDesk)) return "assets/[name]-[hash].js";
          deskChunks.add(chunk.name);
          return "assets/desk/[name]-[hash].js";
        },
        assetFileNames: (asset) => (asset.names.some((name) => deskChunks.has(name.replace(/\.css$/, ""))) ? "assets/desk/[name]-[hash][extname]" : "assets/[name]-[hash][extname]"),
      },
    },
  },
  server: {
    proxy: Object.fromEntries(["/api", "/c/", "/problems"].map((path) => [path, { target: server, changeOrigin: false }])),
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.spec.ts"],
    setupFiles: ["src/spec-setup.ts"],
    restoreMocks: true,
  },
});
