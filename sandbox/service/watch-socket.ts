/**
 * /ws/watch: pushes a room's status, its list of shells and who is there besides its owner when they change, once a second what the world's clients
 * saw, and the machine's counters to whoever may see them. Who may type is asked and answered here. Knows no terminal's content and no machine.
 */
import type { RawData } from 'ws'
import type { Sample } from '../counters/sampler.ts'
import { closeCodes } from '../protocol/sockets.ts'
import { type AskForPast, type FromWatcher, fromWatcherSchema, type WatchMessage } from '../protocol/watch.ts'
import { presence } from './presence.ts'
import type { Serve } from './serve.ts'

/** A browser that does not read gets no more seconds until it has; the status it gets always. */
const mostUnsentBytes = 1024 * 1024

/** Serves until the socket closes. Nothing is asked of the machine while nobody watches, or while it sleeps. */
export const serveWatch: Serve = (socket, room, { look, mode, counters: mayCount, visitor, log }) => {
  const { counters, visits } = room
  const maySee = (): boolean => mayCount && room.status.liveCounters
  let shown = false
  let answering = false

  const sendText = (text: string): void => {
    if (socket.readyState === socket.OPEN) socket.send(text)
  }
  const send = (message: WatchMessage): void => sendText(JSON.stringify(message))
  const keepsUp = (): boolean => socket.bufferedAmount < mostUnsentBytes

  async function show(): Promise<void> {
    const recent = await counters.recent()
    if (shown || !maySee()) return
    shown = true
    if (recent.length > 0) sendText(countersText(recent, true))
  }

  /** What was hidden so far comes at once with the right to see it. */
  function statusChanged(): void {
    send({ type: 'status', status: { ...room.status, liveCounters: maySee() }, now: Date.now() })
    if (!maySee()) shown = false
    else if (!shown) show().catch((error) => log(`watch: ${String(error)}`))
  }

  async function answerPast({ before, seconds: most }: AskForPast): Promise<void> {
    if (answering || !maySee() || !keepsUp()) return
    answering = true
    try {
      const seconds = await counters.past(before, most)
      if (maySee()) send({ type: 'counters', past: true, seconds })
    } finally {
      answering = false
    }
  }

  /** Of the world's clients and of the machine. Not for guests: no page of theirs shows any, and for them nothing is asked of the machine. */
  function watchSeconds(): () => void {
    if (counters.world.length > 0) send({ type: 'world', seconds: counters.world })
    return counters.watch({
      world: (seconds) => {
        if (keepsUp()) send({ type: 'world', seconds })
      },
      sample: (sample) => {
        if (shown && maySee() && keepsUp()) sendText(countersText([sample], false))
      },
    })
  }

  // A page at which the owner works, or one of a guest; who only keeps an eye on it answers no question.
  const host = visitor === null && mode === 'type' ? visits.host() : null
  const guest = visitor?.as === 'staff' ? visits.page(visitor) : null
  const askWhetherThere = presence(socket)

  function showVisits(): void {
    if (!host && !guest) return
    send(visits.view(visitor?.person))
    askWhetherThere(visits.helping)
  }

  function help(message: FromWatcher): boolean {
    if (host && message.type === 'answer') host.answer(message.id, message.yes)
    else if ((host || guest) && message.type === 'stop') (host ?? guest)?.stop(message.id)
    else if (guest && message.type === 'ask-to-type') {
      const why = guest.ask()
      if (why) send({ type: 'not-asked', why })
    } else return false
    return true
  }

  const unwatch = room.watch(statusChanged)
  const unwatchVisits = visits.watch(showVisits)
  const unwatchShells = room.shells.watch(send)
  statusChanged()
  showVisits()
  const { list } = room.shells
  if (list) send(list)
  const leave = visitor ? () => {} : watchSeconds()
  socket.on('message', (data) => {
    const message = parse(data)
    if (message?.type === 'look') look.set(message.seen)
    else if (message?.type === 'ping') send({ type: 'pong' })
    else if (message?.type === 'past') answerPast(message).catch((error) => log(`watch: ${String(error)}`))
    else if (!message || !help(message))
      socket.close(closeCodes.badMessage, 'not a message that belongs here')
  })
  socket.on('close', () => {
    unwatch()
    unwatchVisits()
    host?.leave()
    guest?.leave()
    unwatchShells()
    leave()
  })
}

/** Each second was made into text once, however many watch. */
const countersText = (samples: Sample[], past: boolean): string =>
  `{"type":"counters","past":${past},"seconds":[${samples.map(({ json }) => json).join(',')}]}`

function parse(data: RawData) {
  try {
    return fromWatcherSchema.parse(JSON.parse(String(data)))
  } catch {
    return null
  }
}
