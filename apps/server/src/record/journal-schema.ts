import { join } from "node:path";

/** The journal's own file inside the data directory. */
export const journalPath = (dir: string): string => join(dir, "journal.db");

/**
 * The journal and what is derived from it, one file so that one sync covers both.
 *
 * `entries` keeps what stays for ever, `bodies` what may be erased: a row deleted there gives its page back, and an entry without a
 * body is an erased one. The head is kept in every row, so that a fault is named by its sequence. `segments.opening`, `.seal` and
 * `.signature` are the evidence; the plain columns beside them are for search.
 */
export const JOURNAL_MIGRATIONS = [
  `
  CREATE TABLE site (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), public_key BLOB NOT NULL) STRICT;

  CREATE TABLE boots (boot_number INTEGER PRIMARY KEY, now_ms REAL NOT NULL, version TEXT NOT NULL) STRICT;

  CREATE TABLE segments (
    segment INTEGER PRIMARY KEY,
    first_sequence INTEGER NOT NULL,
    last_sequence INTEGER,
    opened_ms REAL NOT NULL,
    sealed_ms REAL,
    opening TEXT NOT NULL,
    seal TEXT,
    signature BLOB,
    snapshot BLOB
  ) STRICT;

  CREATE INDEX segment_spans ON segments (segment, first_sequence, last_sequence, opened_ms, sealed_ms);

  CREATE TABLE entries (
    sequence INTEGER PRIMARY KEY,
    at_ms REAL NOT NULL,
    retention TEXT NOT NULL,
    leaf BLOB NOT NULL,
    head BLOB NOT NULL
  ) STRICT;

  CREATE TABLE bodies (sequence INTEGER PRIMARY KEY, salt BLOB NOT NULL, body BLOB NOT NULL) STRICT;

  CREATE TABLE erased (segment INTEGER NOT NULL, retention TEXT NOT NULL, PRIMARY KEY (segment, retention)) STRICT, WITHOUT ROWID;

  CREATE TABLE track_points (
    track_id TEXT NOT NULL,
    now_ms REAL NOT NULL,
    lat_deg REAL NOT NULL,
    lon_deg REAL NOT NULL,
    alt_hae_m REAL,
    detail TEXT,
    PRIMARY KEY (track_id, now_ms)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX track_points_by_time ON track_points (now_ms);

  CREATE TABLE alerts (alert_id TEXT PRIMARY KEY, opened_ms REAL NOT NULL, updated_ms REAL NOT NULL, body TEXT NOT NULL) STRICT;
  CREATE INDEX alerts_by_time ON alerts (opened_ms);

  CREATE TABLE frames (sequence INTEGER PRIMARY KEY, now_ms REAL NOT NULL, hash BLOB NOT NULL) STRICT;
  CREATE INDEX frames_by_time ON frames (now_ms)
  `,
] as const;
