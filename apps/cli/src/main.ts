import { Command, CommanderError } from "commander";
import { EXIT } from "./exit-codes.ts";

const about = `Picket warns of drones: it listens to a site's sensors, fuses them into one picture, warns the people in danger and keeps
the record. Exit codes: 0 done, 1 the answer is no (a check failed), 64 wrong usage, 65 bad input data, 69 something needed is missing,
70 a fault of Picket's own, 78 bad configuration.`;

/** Runs the command line; answers the exit code. Each command's code is loaded only when it is used. */
export async function main(argv: readonly string[]): Promise<number> {
  let code: number = EXIT.done;
  const answers = (run: () => Promise<number>) => async () => {
    code = await run();
  };
  const program = new Command("picket").description(about).exitOverride().showHelpAfterError();

  const command = (name: string, summary: string, example: string) =>
    program.command(name).summary(summary).description(summary).addHelpText("after", `\nExample:\n  ${example}`);

  const demo = command("demo", "Run the simulated San Diego–Tijuana site and show it", "picket demo --port 8080")
    .option("--port <port>", "where to listen on loopback", "8080")
    .option("--data <dir>", "where the record is kept", "picket-data/demo")
    .option("--seed <seed>", "another seed, another night", "1")
    .option("--speed <factor>", "simulated seconds per second", "1");
  demo.action(answers(async () => (await import("./demo.ts")).demoCommand(demo.opts())));

  const serve = command("serve", "Run a site", "tcpdump -i wlan0mon -w - | picket serve --stdin remote-id")
    .option("--config <file>", "YAML configuration; without one nothing is protected and everything is shown")
    .option("--stdin <protocol>", "take a feed from standard input: remote-id or detections")
    .option("--udp <protocol:port>", "take a feed from UDP on loopback, such as detections:9000; may be given again", collect, [])
    .option("--port <port>", "where HTTP listens")
    .option("--data <dir>", "where the record is kept");
  serve.action(answers(async () => (await import("./serve.ts")).serveCommand(serve.opts())));

  const replay = command("replay", "Play a recording again and print its frames as JSON Lines", "picket replay picket-data --summary")
    .argument("<dir>", "the data directory")
    .option("--from <time>", "ISO 8601 or Unix milliseconds")
    .option("--to <time>", "ISO 8601 or Unix milliseconds")
    .option("--summary", "one line per change of an alert or warning instead of frames")
    .option("--check", "compare the end of every segment with the snapshot that opens the next");
  replay.action(answers(async () => (await import("./replay.ts")).replayCommand(replay.args[0] ?? "", replay.opts())));

  const decode = command("decode", "Decode records of a standard to JSON Lines", "picket decode remote-id capture.pcapng")
    .argument("<protocol>", "remote-id")
    .argument("[file]", "input, - for standard input", "-")
    .option("--format <format>", "auto, hex, raw, pcap or pcapng", "auto");
  decode.action(answers(async () => (await import("./decode.ts")).decodeFile(decode.args[0] ?? "", decode.args[1] ?? "-", decode.opts())));

  const track = command("track", "Run the tracker over a scenario", "picket track bench/S3 --out tracks.jsonl")
    .argument("<scenario>", "a folder with meta.json and detections.jsonl.gz")
    .requiredOption("--out <file>", "tracks as JSON Lines, - for standard output");
  track.action(answers(async () => (await import("./track.ts")).trackCommand({ scenarioDir: track.args[0] ?? "", ...track.opts() })));

  const score = command("score", "Score tracks against the truth of a scenario", "picket score bench/S3 tracks.jsonl")
    .argument("<scenario>", "a folder with truth.jsonl.gz")
    .argument("<tracks>", "what `picket track` wrote");
  score.action(
    answers(async () => (await import("./score.ts")).scoreCommand({ scenarioDir: score.args[0] ?? "", tracks: score.args[1] ?? "" })),
  );

  const simulate = command("simulate", "Write a simulated scenario", "picket simulate S3 --seed 7 --out scenario")
    .argument("<kind>", "such as S1, S2, S3")
    .option("--seed <seed>", "seed", "1")
    .requiredOption("--out <dir>", "where to write it");
  simulate.action(answers(async () => (await import("./simulate.ts")).simulateCommand({ kind: simulate.args[0] ?? "", ...simulate.opts() })));

  const doctor = command("doctor", "Check a configuration, its files, ports and sensors", "picket doctor --config site.yaml")
    .option("--config <file>", "YAML configuration")
    .option("--data <dir>", "the data directory");
  doctor.action(answers(async () => (await import("./doctor.ts")).doctorCommand(doctor.opts())));

  const user = program.command("user").summary("Manage people who sign in").description("Manage people who sign in");
  const add = user
    .command("add")
    .description("Add a person; the password is read from standard input or asked for")
    .argument("<name>")
    .requiredOption("--role <role>", "administrator or operator")
    .option("--data <dir>", "the data directory", "picket-data")
    .addHelpText("after", "\nExample:\n  picket user add ortega --role operator");
  add.action(answers(async () => (await import("./user.ts")).addUserCommand(add.args[0] ?? "", add.opts())));

  try {
    await program.parseAsync([...argv]);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    throw error;
  }
}

const collect = (value: string, before: string[]): string[] => [...before, value];
