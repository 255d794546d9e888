import { render } from "preact";
import "../look/tokens.css";
import "../look/widgets.css";
import "./operator.css";
import "../map/chart.css";
import "../panels/alert-list.css";
import "../panels/panels.css";
import "../panels/dialog.css";
import { createDesk } from "./desk.ts";
import { Page } from "./page.tsx";

const root = document.getElementById("page");
if (!root) throw new Error("index.html has no element #page");
const desk = createDesk();
render(<Page desk={desk} />, root);
void desk.start();
