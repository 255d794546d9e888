// caught by: noReExportAll
export * from "./any.ts";
