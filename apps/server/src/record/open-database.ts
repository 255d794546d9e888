import { mkdirSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** "Pick" in ASCII: how a file of ours is told from any other SQLite file. */
const APPLICATION_ID = 0x5069636b;
const BUSY_TIMEOUT_MS = 5_000;
const WAL_SIZE_LIMIT = 16 * 1024 * 1024;

/** File systems on which SQLite's locks and shared memory do not hold, by the magic number of statfs(2). */
const NETWORK_FILE_SYSTEMS = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xff534d42, "CIFS"],
  [0xfe534d42, "SMB2"],
]);

export type DatabaseOptions = Readonly<{
  /** SQL from version n to n + 1, run once each in its own transaction. Append only: a shipped one never changes. */
  migrations: readonly string[];
  /** How long a statement waits for another connection's lock; 5,000 ms unless told. */
  busyTimeoutMs?: number;
}>;

/**
 * Opens (or makes) a SQLite database that loses nothing it has acknowledged: write-ahead log, `synchronous = FULL`, both read back.
 * Every call is synchronous: on the main thread it is for small stores such as users and sessions only.
 * Throws when the file is another program's, of a newer Picket, or on a network file system.
 *
 * @source sqlite.org/pragma.html and sqlite.org/wal.html, SQLite 3.53.
 */
export function openDatabase(path: string, { migrations, busyTimeoutMs = BUSY_TIMEOUT_MS }: DatabaseOptions): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  refuseNetworkFileSystem(dirname(path));
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs, defensive: true });
  try {
    refuseForeignFile(database, path, migrations.length);
    setPragmas(database);
    migrate(database, migrations);
  } catch (cause) {
    database.close();
    throw cause;
  }
  return database;
}

/** Reads what another connection may be writing at this moment; the file must exist. */
export function openReadOnly(path: string, newestVersion: number): DatabaseSync {
  const database = new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS, defensive: true });
  try {
    refuseForeignFile(database, path, newestVersion);
    database.exec("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0");
  } catch (cause) {
    database.close();
    throw cause;
  }
  return database;
}

/** The one value of a pragma. */
export function readPragma(database: DatabaseSync, name: string): unknown {
  const row = database.prepare(`PRAGMA ${name}`).get();
  return row && Object.values(row)[0];
}

/** Runs `change` whole or not at all. What it returns is on disk when this returns. */
export function inTransaction<T>(database: DatabaseSync, change: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const value = change();
    database.exec("COMMIT");
    return value;
  } catch (cause) {
    // A full disk may already have rolled the transaction back.
    if (database.isTransaction) database.exec("ROLLBACK");
    throw cause;
  }
}

function setPragmas(database: DatabaseSync): void {
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA wal_autocheckpoint = 1000;
    PRAGMA journal_size_limit = ${WAL_SIZE_LIMIT};
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA mmap_size = 0;
    PRAGMA temp_store = MEMORY;
    PRAGMA secure_delete = ON;
  `);
  const [journalMode, synchronous] = [readPragma(database, "journal_mode"), readPragma(database, "synchronous")];
  if (journalMode !== "wal" || synchronous !== 2)
    throw new Error(`SQLite must run with journal_mode wal and synchronous 2, reads back ${journalMode} and ${synchronous}`);
}

function refuseForeignFile(database: DatabaseSync, path: string, newestVersion: number): void {
  const applicationId = readPragma(database, "application_id");
  const version = Number(readPragma(database, "user_version"));
  const isEmpty = Number(readPragma(database, "schema_version")) === 0;
  if (!isEmpty && applicationId !== APPLICATION_ID) throw new Error(`${path} is not a database of Picket`);
  if (version > newestVersion)
    throw new Error(`${path} was written by a newer Picket (version ${version}, this one knows ${newestVersion})`);
}

function migrate(database: DatabaseSync, migrations: readonly string[]): void {
  const from = Number(readPragma(database, "user_version"));
  for (const [step, sql] of migrations.slice(from).entries()) {
    const mark = `PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${from + step + 1}`;
    inTransaction(database, () => database.exec(`${sql}; ${mark}`));
  }
}

function refuseNetworkFileSystem(dir: string): void {
  if (process.platform !== "linux") return;
  const name = NETWORK_FILE_SYSTEMS.get(statfsSync(dir).type);
  if (name) throw new Error(`${dir} lies on ${name}: a journal needs a local disk, where a sync means what it says`);
}
