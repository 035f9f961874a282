import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

/** What the page consists of besides its own code; build tools are not part of it. */
const shipped = ["preact", "fflate", "@fontsource-variable/geist", "@fontsource-variable/geist-mono"];

/** The licences of what the page consists of, as notices.txt beside it. */
function notices(): Plugin {
  return {
    name: "notices",
    generateBundle() {
      const texts = shipped.map((name) => {
        const folder = new URL(`node_modules/${name}/`, import.meta.url);
        const { version, license } = JSON.parse(readFileSync(new URL("package.json", folder), "utf8"));
        const text = readFileSync(new URL("LICENSE", folder), "utf8").trim();
        return `${name} ${version} (${license})\n\n${text}\n`;
      });
      this.emitFile({ type: "asset", fileName: "notices.txt", source: texts.join(`\n${"-".repeat(72)}\n\n`) });
    },
  };
}

export default defineConfig({
  base: "/console/",
  plugins: [notices()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    assetsInlineLimit: 0, // the page's policy allows no data: URL
    modulePreload: { polyfill: false },
    emptyOutDir: true,
    reportCompressedSize: false,
  },
});
