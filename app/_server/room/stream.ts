/**
 * A live channel: server-sent events over the app's own HTTP, which every proxy passes and a browser's cookie signs in. A stream ends after some minutes
 * at the latest, when its listener does not read, when they may no longer hear it, and when the app stops; browsers come back by themselves
 * (app/_ui/room/listen.ts). Knows nothing of what is told.
 */
import 'server-only'

export interface Told {
  /** One line of JSON. */
  news(text: string): void
}

export interface StreamOptions {
  /** Begins to tell; returns how to stop. Called once. */
  begin(told: Told): () => void
  /** Whether they may still hear it. */
  stillMay(): Promise<boolean>
  times?: Partial<StreamTimes>
}

interface StreamTimes {
  beatMs: number
  /** Not all at once: a room that came together would come back together. */
  lifeMs: number
}

const usual = (): StreamTimes => ({ beatMs: 15_000, lifeMs: (4 + 2 * Math.random()) * 60_000 })
/** A browser that has left so much unread is behind for good: it gets everything anew when it comes back. */
const mostUnreadBytes = 512 * 1024

const shelf = globalThis as { ringsideStreams?: Set<() => void> }

/** All open ones. Next waits for them when it is told to stop, so they are ended then. */
function openStreams(): Set<() => void> {
  if (!shelf.ringsideStreams) {
    const streams = new Set<() => void>()
    shelf.ringsideStreams = streams
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.once(signal, () => {
        for (const end of streams) end()
      })
  }
  return shelf.ringsideStreams
}

export function eventStream(request: Request, { begin, stillMay, times }: StreamOptions): Response {
  const { beatMs, lifeMs } = { ...usual(), ...times }
  const encoder = new TextEncoder()
  let end = () => {}
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let stop = () => {}
        let ended = false
        let beats = 0
        const write = (text: string) => {
          if (ended) return
          controller.enqueue(encoder.encode(text))
          if ((controller.desiredSize ?? 0) <= 0) end()
        }
        end = () => {
          if (ended) return
          ended = true
          clearInterval(beat)
          clearTimeout(life)
          openStreams().delete(end)
          request.signal.removeEventListener('abort', end)
          stop()
          try {
            controller.close()
          } catch {
            // The other side has closed it first.
          }
        }
        const beat = setInterval(() => {
          write('event: beat\ndata: -\n\n')
          // Every second one: who was removed meanwhile hears half a minute more at most.
          if (++beats % 2 === 0) stillMay().then((may) => !may && end(), end)
        }, beatMs)
        const life = setTimeout(end, lifeMs)
        openStreams().add(end)
        request.signal.addEventListener('abort', end)
        write('retry: 60000\n\n')
        try {
          stop = begin({ news: (text) => write(`data: ${text}\n\n`) })
        } catch (error) {
          end()
          throw error
        }
        if (ended) stop()
      },
      cancel: () => end(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: mostUnreadBytes }),
  )
  return new Response(body, { headers })
}

/** There is nothing to hear, and there will be nothing: the browser does not come again before its next page. */
export const nothingToHear = (): Response => new Response('event: none\ndata: -\n\n', { headers })

/** There is no place to listen from now, and nothing to miss: the browser comes again after a minute or two, or with its next page. */
export const comeLater = (): Response => new Response('event: later\ndata: -\n\n', { headers })

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  // Not compressed: a compressor keeps lines back, and costs more than such short ones are worth.
  'cache-control': 'no-store, no-transform',
  // nginx keeps a whole answer back otherwise.
  'x-accel-buffering': 'no',
}
