/** That a file of the course was saved, as a stream of events: for pages that are open while somebody writes. Development only; knows no page. */
import { join } from 'node:path'
import { courseRoot } from '#/content/files.ts'
import { watchTree } from './watch-tree.ts'

const folders = ['content', 'labs']
const kinds = /\.(mdx?|ts|sh)$/

/** Editors write a file in several steps: it is told once they are done. */
const settleMs = 25

/** Ends when whoever listens is gone. */
export function savedEvents(gone: AbortSignal): ReadableStream<Uint8Array> {
  let stops: (() => void)[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const end = () => {
    clearTimeout(timer)
    for (const stop of stops) stop()
    stops = []
  }
  return new ReadableStream({
    start(controller) {
      const tell = (name: string) => {
        if (!kinds.test(name) || gone.aborted) return
        clearTimeout(timer)
        timer = setTimeout(() => controller.enqueue(new TextEncoder().encode('data: saved\n\n')), settleMs)
      }
      stops = folders.map((folder) => watchTree(join(/* turbopackIgnore: true */ courseRoot(), folder), tell))
      // The browser takes the stream for open with its first bytes.
      controller.enqueue(new TextEncoder().encode(': listening\n\n'))
      gone.addEventListener('abort', end)
    },
    cancel: end,
  })
}
