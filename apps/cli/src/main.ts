import { Command, CommanderError } from "commander";
import { CommandError } from "./command-error.ts";
import { EXIT } from "./exit-codes.ts";

const ABOUT = `Picket warns of drones: it listens to a site's sensors, fuses them into one picture, warns the people in danger and keeps
the record. Exit codes: 0 done, 1 the answer is no (a check failed), 64 wrong usage, 65 bad input data, 69 something needed is missing,
70 a fault of Picket's own, 78 bad configuration.`;

/** Runs the command line; answers the exit code. A command's code is loaded only when it is used. */
export async function main(argv: readonly string[]): Promise<number> {
  for (const event of ["uncaughtException", "unhandledRejection"] as const) process.once(event, endWithFault);
  process.stdout.once("error", endQuietly);
  let code: number = EXIT.done;
  /** What commander calls: the arguments, then the options. The command's own exit code becomes the program's. */
  const answer =
    <A extends readonly unknown[]>(run: (...args: A) => Promise<number>) =>
    async (...args: A) => {
      code = await run(...args);
    };
  const program = new Command("picket").description(ABOUT).exitOverride().showHelpAfterError();
  const command = (name: string, summary: string, example: string) =>
    program.command(name).summary(summary).description(summary).addHelpText("after", `\nExample:\n  ${example}`);

  command("demo", "Run the simulated San Diego–Tijuana site and show it", "picket demo --port 8080")
    .option("--port <port>", "where to listen on loopback", port, "8080")
    .option("--data <dir>", "where the record is kept", "picket-data/demo")
    .option("--seed <seed>", "a whole number: another seed, another night", seed, "1")
    .option("--cot <address>", "send the picture as Cursor on Target too, such as to udp://239.2.3.1:6969")
    .action(answer(async (options) => (await import("./demo.ts")).demoCommand(options)));

  command("serve", "Run a site", "tcpdump -U -i wlan0mon -w - | picket serve --stdin remote-id")
    .option("--config <file>", "YAML configuration; without one nothing is protected and everything is shown")
    .option("--stdin <protocol>", "take a feed from standard input, such as remote-id, detections or adsb")
    .option("--udp <protocol:port>", "take a feed from UDP on loopback, such as detections:9000; may be given again", collect, [])
    .option("--reality <word>", "what stands behind those feeds: live, exercise, simulated, replay or test; live unless told")
    .option("--port <port>", "where HTTP listens", port)
    .option("--data <dir>", "where the record is kept")
    .action(answer(async (options) => (await import("./serve.ts")).serveCommand(options)));

  command("replay", "Play a recording again and print its frames as JSON Lines", "picket replay picket-data --summary")
    .argument("<dir>", "the data directory")
    .option("--from <time>", "ISO 8601 or Unix milliseconds")
    .option("--to <time>", "ISO 8601 or Unix milliseconds")
    .option("--summary", "one line per change of an alert or warning instead of frames")
    .option("--check", "compare the end of every segment with the snapshot that opens the next")
    .action(answer(async (dir, options) => (await import("./replay.ts")).replayCommand(dir, options)));

  command("decode", "Decode records of a standard to JSON Lines", "picket decode remote-id capture.pcapng")
    .argument("<protocol>", "remote-id, asterix, sapient, cot, cap, adsb, sbs, dronescout, dragonsync or mesh-mapper")
    .argument("[file]", "input, - for standard input", "-")
    .option("--format <format>", "auto, hex, raw, pcap or pcapng; protocols of text have auto and raw", "auto")
    .action(answer(async (protocol, file, options) => (await import("./decode.ts")).decodeFile(protocol, file, options)));

  command(
    "encode",
    "Encode JSON Lines, as decode shows records, to octets",
    "picket encode asterix plots.jsonl | nc -u 127.0.0.1 8600",
  )
    .argument("<protocol>", "asterix, sapient, cot or cap")
    .argument("[file]", "input, - for standard input", "-")
    .option("--format <format>", "raw, one after the other, or hex, a line each", "raw")
    .action(answer(async (protocol, file, options) => (await import("./encode.ts")).encodeFile(protocol, file, options)));

  command("track", "Run the tracker over a scenario", "picket track scenarios/S3 --out tracks.jsonl")
    .argument("<scenario>", "a folder with meta.json and detections.jsonl.gz")
    .requiredOption("--out <file>", "tracks as JSON Lines, - for standard output")
    .option("--strict", "second t knows what was received by t, and not, as the scorer and its peer grant, 50 ms later")
    .action(
      answer(async (scenarioDir, { out, strict }) =>
        (await import("./track.ts")).trackCommand({ scenarioDir, out, ...(strict && { graceMs: 0 }) }),
      ),
    );

  command("score", "Score tracks against the truth of a scenario", "picket score scenarios/S3 tracks.jsonl")
    .argument("<scenario>", "a folder with truth.jsonl.gz")
    .argument("<tracks>", "what picket track wrote")
    .action(answer(async (scenarioDir, tracks) => (await import("./score.ts")).scoreCommand({ scenarioDir, tracks })));

  command("simulate", "Write a simulated scenario", "picket simulate S3 --seed 7 --out scenario")
    .argument("<kind>", "such as S1, S2, S3")
    .option("--seed <seed>", "a whole number", seed, "1")
    .requiredOption("--out <dir>", "where to write it")
    .action(
      answer(async (kind, { seed, out }) => (await import("./simulate.ts")).simulateCommand({ kind, seed: Number(seed), out })),
    );

  command(
    "doctor",
    "Check a configuration, its files, ports and sensors, or listen to one feed",
    "picket doctor --config site.yaml",
  )
    .option("--config <file>", "YAML configuration")
    .option("--data <dir>", "the data directory")
    .option("--feed <name>", "listen to this feed instead, and say what it hears and how to mend what is amiss")
    .option("--seconds <seconds>", "with --feed: how long to listen; 20 unless told")
    .action(
      answer(async (options) => {
        if (options.feed !== undefined && options.data !== undefined) throw useless("--data", "without --feed");
        if (options.feed === undefined && options.seconds !== undefined) throw useless("--seconds", "with --feed");
        return options.feed === undefined
          ? (await import("./doctor.ts")).doctorCommand(options)
          : (await import("./listen.ts")).listenCommand(options);
      }),
    );

  command("capture", "Write what a feed hears to a file", "picket capture --config site.yaml --feed roof --out roof.jsonl")
    .requiredOption("--config <file>", "YAML configuration")
    .requiredOption("--feed <name>", "the feed's id in it")
    .requiredOption("--out <file>", "a new file, - for standard output")
    .option("--seconds <seconds>", "how long; until it is interrupted unless told")
    .option("--max-mb <megabytes>", "the file is not made longer", "100")
    .action(answer(async (options) => (await import("./capture.ts")).captureCommand(options)));

  program
    .command("import")
    .description("Take in a table that a site looks things up in")
    .command("declarations")
    .description("Take in a CSV table of declarations of compliance: serial number to make and model")
    .argument("<file>", "CSV with columns make, model and serial number; - for standard input")
    .option("--data <dir>", "the data directory", "picket-data")
    .addHelpText("after", "\nExample:\n  picket import declarations faa.csv --data /var/lib/picket")
    .action(answer(async (file, options) => (await import("./import-declarations.ts")).importDeclarationsCommand(file, options)));

  const user = program.command("user").description("Manage people who sign in");
  const userCommand = (name: string, summary: string, example: string) =>
    user
      .command(name)
      .description(summary)
      .option("--data <dir>", "the data directory", "picket-data")
      .addHelpText("after", `\nExample:\n  picket user ${example}`);
  userCommand("add", "Add a person; the password is read from standard input or asked for", "add ortega --role operator")
    .argument("<name>")
    .requiredOption("--role <role>", "administrator or operator")
    .action(answer(async (name, options) => (await import("./user.ts")).addUserCommand(name, options)));
  userCommand("list", "List who may sign in", "list").action(
    answer(async (options) => (await import("./user.ts")).listUsersCommand(options)),
  );
  userCommand("password", "Give a person another password, read as for a new one", "password ortega")
    .argument("<name>")
    .action(answer(async (name, options) => (await import("./user.ts")).setPasswordCommand(name, options)));
  userCommand("remove", "Remove a person, who is signed out everywhere", "remove ortega")
    .argument("<name>")
    .action(answer(async (name, options) => (await import("./user.ts")).removeUserCommand(name, options)));

  try {
    await program.parseAsync([...argv]);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (error instanceof CommandError) {
      console.error(error.message);
      return error.exitCode;
    }
    console.error(faultLine(error));
    return EXIT.fault;
  }
}

/** Nothing is known of what a fault left behind: the process ends at once, and whoever supervises it starts it anew. */
function endWithFault(error: unknown): void {
  console.error(faultLine(error));
  process.exit(EXIT.fault);
}

/** Whoever read our output has gone, such as `head`. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") return endWithFault(error);
  process.exit(EXIT.done);
}

/** One line: what went wrong and where in our own code. */
function faultLine(error: unknown): string {
  if (!(error instanceof Error)) return `A fault of Picket's own: ${String(error)}`;
  const where = error.stack?.split("\n").find((line) => /^ {4}at (?!.*(node:|node_modules))/.test(line));
  return `A fault of Picket's own: ${error.name}: ${error.message.split("\n")[0]}${where ? ` (${where.trim()})` : ""}`;
}

const useless = (option: string, only: string): CommandError => new CommandError(EXIT.usage, `${option} goes only ${only}`);

/** A seed as it was written. Throws {@link CommandError} for anything but a whole number: other words would all be one seed. */
function seed(text: string): string {
  if (/^\d{1,15}$/.test(text)) return text;
  throw new CommandError(EXIT.usage, `--seed must be a whole number from 0, got ${JSON.stringify(text)}`);
}

/** A port as it was written. Throws {@link CommandError} for what is none. */
function port(text: string): string {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return text;
  throw new CommandError(EXIT.usage, `--port must name a port from 0 to 65535, got ${JSON.stringify(text)}`);
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];
