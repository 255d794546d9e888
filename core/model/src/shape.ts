import Type from "typebox";

/** An object that carries exactly these fields: what the schema does not name cannot be carried. */
export const closed = <P extends Type.TProperties>(properties: P, description?: string): Type.TObject<P> =>
  Type.Object(properties, { additionalProperties: false, ...(description && { description }) });

/** One of the given words. */
export const oneOf = <const W extends readonly string[]>(...words: W): Type.TUnsafe<W[number]> =>
  Type.Unsafe<W[number]>({ type: "string", enum: [...words] });

/** A number that is there and finite, within bounds that its doc or unit explains. */
export const number = (description: string, minimum?: number, maximum?: number): Type.TNumber =>
  Type.Number({ description, ...(minimum !== undefined && { minimum }), ...(maximum !== undefined && { maximum }) });

/** Text that a person wrote or reads. Its length is bounded because it comes from outside. */
export const text = (description: string, maxLength: number): Type.TString => Type.String({ description, maxLength });

/** Unix milliseconds UTC. */
export const instantMs = (description: string): Type.TNumber =>
  Type.Number({ description: `${description}, Unix milliseconds UTC`, minimum: 0, maximum: 8.64e15 });
