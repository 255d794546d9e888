import type { Letter, LetterStore } from "./outbox.ts";

const DATABASE = "picket-field";
const STORE = "letters";

/** Letters in IndexedDB, where they outlive the page and a restart of the phone; in memory where a browser lends no store. */
export const openLetterStore = (): Promise<LetterStore> => openDatabase().catch(lettersInMemory);

function lettersInMemory(): LetterStore {
  const letters = new Map<string, Letter>();
  return {
    all: async () => [...letters.values()],
    put: async (letter) => void letters.set(letter.id, letter),
    remove: async (id) => void letters.delete(id),
  };
}

async function openDatabase(): Promise<LetterStore> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "id" });
  const database = await answer(opening);
  const store = (mode: IDBTransactionMode) => database.transaction(STORE, mode).objectStore(STORE);
  return {
    all: () => answer<Letter[]>(store("readonly").getAll()),
    put: async (letter) => {
      // Answered when it is committed: an answer to the request alone comes before, and a page may close in between.
      const transaction = database.transaction(STORE, "readwrite", { durability: "strict" });
      transaction.objectStore(STORE).put(letter);
      await committed(transaction);
    },
    remove: async (id) => void (await answer(store("readwrite").delete(id))),
  };
}

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const committed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
