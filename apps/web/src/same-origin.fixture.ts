/** Addresses in a text that lead to another place than the page came from: with a scheme, or beginning with `//` in quotes or brackets. */
export const foreignUrls = (text: string): readonly string[] =>
  [...text.matchAll(/(?:https?|wss?|ftp):\/\/[\w.-]+[^\s"'`\\)<>]*|(?<=["'`(])\/\/[\w-]+\.[\w.-]+[^\s"'`\\)<>]*/g)].map(
    ([url]) => url,
  );
