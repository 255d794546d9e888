// caught by: useImportExtensions
import { same } from "./any";
export const one = same(1);
