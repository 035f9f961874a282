import { useState } from "preact/hooks";
import { AutoIcon, MoonIcon, SunIcon } from "./parts/icons.tsx";

const themes = ["auto", "light", "dark"] as const;
type Theme = (typeof themes)[number];

const icons = { auto: AutoIcon, light: SunIcon, dark: MoonIcon };
const key = "faceward-theme";

function remembered(): Theme {
  const stored = localStorage.getItem(key);
  return themes.find((theme) => theme === stored) ?? "auto";
}

function apply(theme: Theme) {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem(key, theme);
}

apply(remembered());

/** A button that goes through the themes: the system's, light, dark. */
export function ThemeButton() {
  const [theme, setTheme] = useState(remembered);
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? "auto";
  const Icon = icons[theme];
  const go = () => {
    apply(next);
    setTheme(next);
  };
  return (
    <button
      type="button"
      class="round"
      onClick={go}
      aria-label={`Theme: ${theme}. Change to ${next}`}
      title={`Theme: ${theme}`}
    >
      <Icon />
    </button>
  );
}
