import "./style/base.css";
import "./style/shell.css";
import "./style/fields.css";
import "./style/results.css";
import "./style/evidence.css";
import "./style/code.css";
import { render } from "preact";
import { App } from "./app.tsx";

const place = document.getElementById("console");
if (place) render(<App />, place);
