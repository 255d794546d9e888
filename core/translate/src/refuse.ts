/** Counts a part that cannot be used: a stable code, the part's name or JSON Pointer, and a sentence for a person. */
export type Refuse = (code: string, item: string, detail: string) => void;
