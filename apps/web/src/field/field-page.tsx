import type { ComponentChild } from "preact";
import type { FieldModel } from "./field-model.ts";
import { realityWord } from "./field-state.ts";
import { HeardNotice } from "./heard-notice.tsx";
import { Actions, Notices, QuietScreen } from "./home-screen.tsx";
import { SightingScreen } from "./sighting-screen.tsx";
import { WarningScreen, warningTitle } from "./warning-screen.tsx";
import { wordsOf } from "./words.ts";

/** The phone's page: what is not real says so on top, a warning fills the screen, and what one may say is always in reach. */
export function FieldPage({ model }: Readonly<{ model: FieldModel }>): ComponentChild {
  const language = model.language.value;
  const words = wordsOf(language);
  const told = model.state.value.told;
  const reality = realityWord(model.reality.value);
  const warning = model.warning.value;
  const open = (told?.warnings ?? []).filter((other) => other.state !== "allClear" && other.id !== warning?.id);
  if (model.isRevoked.value) return <p class="enrol">{words.notEnrolled}</p>;
  return (
    <main
      lang={language}
      onPointerDown={() => model.alarm.unlock()}
      onKeyDown={({ key }) => {
        model.alarm.unlock();
        if (key === "Escape") model.screen.value = "home";
      }}
    >
      {reality && (
        <p class="reality" role="note">
          <span>{words[reality]}</span>
        </p>
      )}
      <header>
        <strong>{model.person.name}</strong>
        <Connection model={model} />
        <button type="button" onClick={() => model.speak(language === "en" ? "es" : "en")}>
          {language === "en" ? "ES" : "EN"}
        </button>
      </header>
      {model.isOffline.value && (
        <p class="offline" role="alert">
          <strong>{words.offline}</strong> {words.offlineMore}
        </p>
      )}
      {!model.isSoundOn.value && <p class="sound">{words.soundOff}</p>}
      {told && <HeardNotice heard={told.heard} language={language} />}
      {model.screen.value === "sighting" ? (
        <>
          {warning && warning.state !== "allClear" && (
            <button type="button" class="warned" onClick={() => (model.screen.value = "home")}>
              {warningTitle(warning, words)} →
            </button>
          )}
          <SightingScreen model={model} />
        </>
      ) : (
        <>
          {warning ? (
            <WarningScreen
              warning={warning}
              more={open.length}
              language={language}
              nowMs={model.nowMs.value + clockDifferenceMs(model)}
              headingDeg={model.headingDeg.value}
              onDone={() => model.dismiss(warning)}
            />
          ) : (
            <QuietScreen model={model} />
          )}
          <Notices model={model} />
          <Actions model={model} />
        </>
      )}
    </main>
  );
}

/** The server's clock less the phone's, as of the newest message: times in warnings are the server's. */
function clockDifferenceMs({ state }: FieldModel): number {
  const { told, heardMs } = state.value;
  return told && heardMs !== undefined ? told.nowMs - heardMs : 0;
}

function Connection({ model }: Readonly<{ model: FieldModel }>): ComponentChild {
  const words = wordsOf(model.language.value);
  const { heardMs } = model.state.value;
  if (!model.isOffline.value) return <span class="connection">● {words.connected}</span>;
  if (heardMs === undefined) return <span class="connection off">○ {words.connecting}</span>;
  return (
    <span class="connection off">
      ○ {words.lastHeard} {Math.round((model.nowMs.value - heardMs) / 1000)} s {words.ago}
    </span>
  );
}
