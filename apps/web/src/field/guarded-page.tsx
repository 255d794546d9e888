import type { ComponentChild } from "preact";
import { useErrorBoundary } from "preact/hooks";
import type { FieldModel } from "./field-model.ts";
import { FieldPage } from "./field-page.tsx";
import { wordsOf } from "./words.ts";

/** The page, or that it has failed: a picture that no longer moves must never look like one that does. */
export function GuardedPage({ model }: Readonly<{ model: FieldModel }>): ComponentChild {
  const [error] = useErrorBoundary((fault: unknown) => {
    console.error(fault);
    model.alarm.lost();
  });
  const words = wordsOf(model.language.value);
  if (error === undefined) return <FieldPage model={model} />;
  return (
    <section class="enrol" role="alert">
      <h1>{words.pageFailed}</h1>
      <p>{words.offlineMore}</p>
      <button type="button" class="big" onClick={() => location.reload()}>
        {words.reload}
      </button>
    </section>
  );
}
