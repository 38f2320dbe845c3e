/** A number and its noun: "1 day", "3 days". */
export const pluralOf =
  (one: string, many = `${one}s`) =>
  (count: number): string =>
    `${count} ${count === 1 ? one : many}`
