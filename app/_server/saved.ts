/** That a file of the course was saved, as a stream of events: for pages that are open while somebody writes. Development only; knows no page. */
import { type FSWatcher, watch } from 'node:fs'
import { join } from 'node:path'
import { courseRoot } from '#/content/files.ts'

const folders = ['content', 'labs']
const kinds = /\.(mdx?|ts|sh)$/

/** Editors write a file in several steps: it is told once they are done. */
const settleMs = 25

/** Ends when whoever listens is gone. */
export function savedEvents(gone: AbortSignal): ReadableStream<Uint8Array> {
  let watchers: FSWatcher[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const end = () => {
    clearTimeout(timer)
    for (const one of watchers) one.close()
    watchers = []
  }
  return new ReadableStream({
    start(controller) {
      const tell = (_: string, name: string | null) => {
        if (!name || !kinds.test(name) || gone.aborted) return
        clearTimeout(timer)
        timer = setTimeout(() => controller.enqueue(new TextEncoder().encode('data: saved\n\n')), settleMs)
      }
      watchers = folders.map((folder) =>
        watch(join(/* turbopackIgnore: true */ courseRoot(), folder), { recursive: true }, tell),
      )
      // The browser takes the stream for open with its first bytes.
      controller.enqueue(new TextEncoder().encode(': listening\n\n'))
      gone.addEventListener('abort', end)
    },
    cancel: end,
  })
}
