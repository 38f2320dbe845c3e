/**
 * Answers that a terminal gives by itself when output asks for them (cursor position, device attributes, colours). Repeating old output
 * asks again, and two windows are asked both; the second answer would be typed into the shell as rubbish. Knows no session.
 */
const esc = '\u001b'
const csiReply = new RegExp(`^${esc}\\[[?>]?[\\d;]*(?:[Rcnty]|\\$y|[IO])$`)
const stringReply = new RegExp(`^${esc}[\\]P].*(?:\u0007|${esc}\\\\)$`, 's')

export function isTerminalReply(data: string): boolean {
  return csiReply.test(data) || stringReply.test(data)
}
