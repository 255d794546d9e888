import type { Letter, LetterStore } from "./outbox.ts";

const DATABASE = "picket-field";
const STORE = "letters";

/** Letters in IndexedDB: they outlive the page and a restart of the phone. */
export async function openLetterStore(): Promise<LetterStore> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "id" });
  const database = await answer(opening);
  const store = (mode: IDBTransactionMode) => database.transaction(STORE, mode).objectStore(STORE);
  return {
    all: () => answer<Letter[]>(store("readonly").getAll()),
    put: async (letter) => void (await answer(store("readwrite").put(letter))),
    remove: async (id) => void (await answer(store("readwrite").delete(id))),
  };
}

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
