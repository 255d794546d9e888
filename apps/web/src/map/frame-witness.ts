/**
 * What the map drew, left on the window for tests and benches that hold the page to one icon for each track: icons of live tracks in
 * the newest frame, tracks in the picture, and how many frames and how many different pictures were drawn since the page opened.
 */
export type FrameWitness = Readonly<{ drawn: number; tracks: number; draws: number; pictures: number }>;

declare global {
  interface Window {
    __picket?: FrameWitness;
  }
}
