import { createAsterixDecoder } from "@picket/asterix";

/** Why an edition of a category cannot be read, naming those that can, or undefined. */
export function editionFault(category: string, edition: string): string | undefined {
  try {
    createAsterixDecoder({ [Number(category)]: edition });
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return `must be an edition that is known: ${error.message}`;
    throw error;
  }
}
