import type { Command } from "@picket/model";

/** A command before the server has put its own name and time to it. */
export type CommandRequest = Command extends infer C ? (C extends Command ? Omit<C, "by" | "atMs"> : never) : never;
