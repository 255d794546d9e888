import { render } from "preact";
import { createFieldModel } from "./field-model.ts";
import { GuardedPage } from "./guarded-page.tsx";
import { enrol, whoAmI } from "./session.ts";
import { wordsOf } from "./words.ts";
import "./field.css";
import "./warning.css";
import "./heard-notice.css";

const ENROL_PATH = "/field/enrol";
const root = document.getElementById("field") as HTMLElement;
const words = wordsOf(navigator.language.startsWith("es") ? "es" : "en");

/** A code is traded only by a touch: a link preview must not use it up. */
function askToEnrol(token: string): void {
  const go = async () => {
    if (!(await enrol(token))) return say(words.enrolFailed);
    history.replaceState(null, "", "/field");
    return start();
  };
  render(
    <section class="enrol">
      <h1>{words.enrolTitle}</h1>
      <button type="button" class="big" onClick={() => void go()}>
        {words.enrolGo}
      </button>
      <p>{words.install}</p>
    </section>,
    root,
  );
}

const say = (text: string): void => render(<p class="enrol">{text}</p>, root);

async function start(): Promise<void> {
  const enrolled = await whoAmI();
  if (!enrolled) return say(words.notEnrolled);
  const model = createFieldModel(enrolled);
  document.addEventListener("visibilitychange", () => model.sendReceipts());
  render(<GuardedPage model={model} />, root);
}

/** The shell is kept by the worker, so that the page opens without a connection. */
async function keepShell(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/field-worker.js", { scope: "/field" });
  const { active } = await navigator.serviceWorker.ready;
  const urls = performance.getEntriesByType("resource").map((entry) => entry.name);
  active?.postMessage({
    kind: "keep",
    urls: [`${location.origin}/field`, ...urls.filter((url) => url.startsWith(location.origin) && !url.includes("/api/"))],
  });
}

const token = location.hash.slice(1);
if (location.pathname === ENROL_PATH && token) askToEnrol(token);
else await start();
keepShell().catch((error: Error) => console.warn(`The page will not open offline: ${error.message}`));
