// caught by: nothing
/** Picket has no effector: it never jams and never takes over an aircraft. */
export const promise = "Picket never jams.";
