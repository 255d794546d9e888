// caught by: nothing
import { availableParallelism } from "node:os";
console.log(performance.now(), Date.now(), Math.random() ** 0.5, availableParallelism());
