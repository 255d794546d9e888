// caught by: noDefaultExport
export default function start(): void {}
