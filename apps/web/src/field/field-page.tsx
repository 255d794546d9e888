import type { ComponentChild } from "preact";
import type { FieldModel } from "./field-model.ts";
import { countOthers, pageReality, realityWord } from "./field-state.ts";
import { HeardNotice } from "./heard-notice.tsx";
import { Actions, Notices, QuietScreen } from "./home-screen.tsx";
import { RealityStripe } from "./reality-stripe.tsx";
import { SightingScreen } from "./sighting-screen.tsx";
import { WarningScreen, warningTitle } from "./warning-screen.tsx";
import { wordsOf } from "./words.ts";

/** The phone's page: what is not real says so on top, a warning fills the screen, and what one may say is always in reach. */
export function FieldPage({ model }: Readonly<{ model: FieldModel }>): ComponentChild {
  const language = model.language.value;
  const words = wordsOf(language);
  const told = model.state.value.told;
  const warning = model.warning.value;
  const page = pageReality(model.reality.value, [...(warning ? [warning] : []), ...(told?.heard ?? [])]);
  const drill = warning && realityWord(warning.reality, page);
  const isWarned = warning !== undefined && warning.state !== "allClear";
  // What is placed comes first: beside a warning the notice of what nobody can place stands below it.
  const heardNotice = told && <HeardNotice heard={told.heard} page={page} language={language} />;
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
      <RealityStripe reality={page} words={words} />
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
      {!isWarned && heardNotice}
      {model.screen.value === "sighting" ? (
        <>
          {isWarned && (
            <button type="button" class="warned" onClick={() => (model.screen.value = "home")}>
              {drill && `${words[drill]} · `}
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
              more={countOthers(told?.warnings ?? [], warning)}
              page={page}
              language={language}
              nowMs={model.nowMs.value + clockDifferenceMs(model)}
              headingDeg={model.headingDeg.value}
              onDone={() => model.dismiss(warning)}
            />
          ) : (
            <QuietScreen model={model} />
          )}
          {isWarned && heardNotice}
          <Notices model={model} />
          <Actions model={model} />
        </>
      )}
    </main>
  );
}

/** The server's clock less the phone's, as of the newest message: times in warnings are the server's. */
function clockDifferenceMs({ state }: FieldModel): number {
  const { told, toldMs } = state.value;
  return told && toldMs !== undefined ? told.nowMs - toldMs : 0;
}

function Connection({ model }: Readonly<{ model: FieldModel }>): ComponentChild {
  const words = wordsOf(model.language.value);
  const { toldMs } = model.state.value;
  if (!model.isOffline.value) return <span class="connection">● {words.connected}</span>;
  if (toldMs === undefined) return <span class="connection off">○ {words.connecting}</span>;
  return (
    <span class="connection off">
      ○ {words.lastHeard} {Math.round((model.nowMs.value - toldMs) / 1000)} s {words.ago}
    </span>
  );
}
