/** One thing the person said, waiting to reach the site. */
export type Letter = Readonly<{ id: string; body: unknown; writtenMs: number }>;

/** Where letters wait across a closed page: IndexedDB on a phone. */
export type LetterStore = Readonly<{
  all(): Promise<readonly Letter[]>;
  put(letter: Letter): Promise<void>;
  remove(id: string): Promise<void>;
}>;

/** How sending one letter ended: `again` when the site was not reached and it must be tried later, `tooLate` when it must not be sent any more. */
export type Delivery = Readonly<{ kind: "delivered" | "again" | "tooLate" }> | Readonly<{ kind: "refused"; why: string }>;

/** Keeps what the person said until the site has it. The site counts an id once, so a letter sent twice is one. */
export type Outbox = {
  /** Stores first, then tries to send: nothing is lost when the page closes. */
  write(id: string, body: unknown, nowMs: number): Promise<void>;
  /** Sends what waits, oldest first, until one cannot be delivered. Safe to call at any time. */
  flush(): Promise<void>;
  waiting(): Promise<number>;
};

export type OutboxEvents = Readonly<{
  /** It is stored: what is said of it now is true, though the page close at once. */
  kept?(id: string): void;
  delivered?(id: string): void;
  refused?(id: string, why: string): void;
  tooLate?(id: string): void;
  changed?(waiting: number): void;
}>;

export function createOutbox(store: LetterStore, send: (letter: Letter) => Promise<Delivery>, events: OutboxEvents = {}): Outbox {
  let running: Promise<void> | undefined;
  let isAskedAgain = false;

  const tell = async () => events.changed?.((await store.all()).length);
  const run = async () => {
    const letters = [...(await store.all())].sort((a, b) => a.writtenMs - b.writtenMs);
    for (const letter of letters) {
      const delivery = await send(letter);
      if (delivery.kind === "again") return;
      await store.remove(letter.id);
      if (delivery.kind === "refused") events.refused?.(letter.id, delivery.why);
      else events[delivery.kind]?.(letter.id);
    }
  };
  const runUntilDone = async () => {
    try {
      do {
        isAskedAgain = false;
        await run();
      } while (isAskedAgain);
    } finally {
      running = undefined;
      await tell();
    }
  };
  const flush = (): Promise<void> => {
    if (running) {
      isAskedAgain = true;
      return running;
    }
    running = runUntilDone();
    return running;
  };

  return {
    async write(id, body, nowMs) {
      await store.put({ id, body, writtenMs: nowMs });
      events.kept?.(id);
      await tell();
      await flush();
    },
    flush,
    waiting: async () => (await store.all()).length,
  };
}
