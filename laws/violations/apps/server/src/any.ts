// caught by: noExplicitAny
export const same = (value: any): unknown => value;
