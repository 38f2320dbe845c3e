/** What the playground is called where labs have their ids. Safe to import in a browser. */
export const playgroundId = 'playground'
