/**
 * How any part of a page asks for the keys to go to its terminal. What holds the terminal answers, since it may have to show it first. Knows neither.
 */

/** An event of the window; whoever has a terminal and leads into it prevents the default. */
export const enterWish = 'ringside:enter-terminal'

/** @returns whether there is a terminal on this page */
export const enterTerminal = (): boolean => !window.dispatchEvent(new Event(enterWish, { cancelable: true }))
