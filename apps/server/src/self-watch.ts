import type { CommandId } from "@picket/model";
import { CLOCK_BAD_MS, type Clock } from "./clock.ts";
import type { CommandRequest } from "./command-request.ts";
import type { Recorder } from "./recorder.ts";

/** Tells the pipeline what only this machine knows of itself, when it changes: is it recording, and is its clock right. */
export function createSelfWatch(
  clock: Clock,
  recorder: Recorder,
  bootNumber: number,
  give: (request: CommandRequest) => void,
): () => void {
  // Neither is known at the start: what the last boot said of itself, and never took back, must not stand.
  let wasRecording: boolean | undefined;
  let wasClockBad: boolean | undefined;
  let given = 0;
  const ownId = () => `own-${bootNumber}-${++given}` as CommandId;
  return () => {
    const isRecording = recorder.health().state === "recording";
    if (isRecording !== wasRecording) {
      wasRecording = isRecording;
      give({ kind: "recordingState", id: ownId(), state: isRecording ? "recording" : "stopped" });
    }
    const aheadMs = Math.round(clock.wallAheadMs());
    const isClockBad = Math.abs(aheadMs) > CLOCK_BAD_MS;
    if (isClockBad !== wasClockBad) {
      wasClockBad = isClockBad;
      give({ kind: "clockState", id: ownId(), state: isClockBad ? "bad" : "good", aheadMs });
    }
  };
}
