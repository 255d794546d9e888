/** One message as it goes out. */
export type Message = Readonly<{
  identifier: string;
  /** The alert. */
  about: string;
  title: string;
  text: string;
  sentMs: number;
  /** Says nothing after this. */
  expiresMs: number;
}>;

/** Takes messages to where they go, one after the other. Rejects with {@link Refused} what no second try would change. */
export type Courier = { readonly where: string; deliver(message: Message, signal: AbortSignal): Promise<void> };

/** The other side does not take the message, and would not the next time. */
export class Refused extends Error {}
