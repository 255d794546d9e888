/** How a sensor that looks by itself tells what it saw. */
export type Voice = Readonly<{
  /** From one message to the next, milliseconds. */
  periodMs: number;
  /** What a look at `tS` of the scenario, which is `atMs`, sends, whether it saw anything or nothing. */
  tell(tS: number, atMs: number): Uint8Array;
  /** What must be sent first on each connection. */
  greet?(atMs: number): Uint8Array;
}>;
