export { type Accounts, openAccounts, type Role } from "./access/accounts.ts";
export type { CommandRequest } from "./command-request.ts";
export { placeNotices } from "./config/place-notices.ts";
export {
  ConfigurationError,
  EMPTY_SITE,
  parseConfiguration,
  readConfiguration,
  type SiteConfiguration,
} from "./config/read-configuration.ts";
export { releaseNotices } from "./config/release-notices.ts";
export type { FeedConfig, ServerConfig } from "./config/schema.ts";
export { importDeclarations } from "./declarations/declarations-file.ts";
export type { ParsedDeclarations } from "./declarations/parse-declarations.ts";
export { createEngine, type Engine, type EngineOptions } from "./engine.ts";
export { createFeedTranslator, framingOf } from "./feed-translator.ts";
export type { FeedSink, FeedState } from "./feeds/feed.ts";
export {
  formatCapturedChunk,
  formatCaptureHeader,
  parseCapturedChunk,
  parseCaptureHeader,
} from "./feeds/feed-capture.ts";
export { createFeedMonitor, type FeedMonitor } from "./feeds/feed-monitor.ts";
export { answerPeer } from "./feeds/peer.ts";
export { runFeed } from "./feeds/run-feed.ts";
export { MAX_UNPACKED_OCTETS, unpack } from "./feeds/unpack.ts";
export { lockDirectory } from "./record/directory-lock.ts";
export { openJournal } from "./record/journal.ts";
export { openJournalReader } from "./record/journal-reader.ts";
export { type PlayedFrame, type PlayOptions, playRecording } from "./replay/play-recording.ts";
export type { SiteProcess } from "./site-process.ts";
export { listenFault, type RunningServer, type StartOptions, startServer, UnavailableError } from "./start-server.ts";
