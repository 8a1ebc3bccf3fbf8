/** Less than 0 where `a` comes first, 0 where they are the same text: by code unit, the same on every machine. */
export const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
