/** A name that nobody else has. Not randomUUID: over plain http, as in a room's own network, browsers do not have it. */
export const randomName = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('')
