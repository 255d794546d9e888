// caught by: noEnum
export enum Level {
  Low,
}
