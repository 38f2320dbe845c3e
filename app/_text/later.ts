/**
 * Texts of what a page loads later. They do not pass through en.ts: its texts come with the first script of a page, all that any of its parts
 * uses, since a bundler does not divide a module that only passes others on.
 */
export { instrumentText } from './en/instruments.ts'
