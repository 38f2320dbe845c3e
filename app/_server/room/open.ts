/** Whether a workshop room is open for whoever asks: the frame of every page keeps a place for its bar. A database that is away keeps no page away. */
import 'server-only'
import { classroom } from '../classroom.ts'
import { personOrNull } from '../person.ts'

export async function roomIsOpen(): Promise<boolean> {
  try {
    const person = await personOrNull()
    return person !== null && (await (await classroom()).attendsRoom(person))
  } catch {
    return false
  }
}
