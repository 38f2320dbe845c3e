/** One shell's output for many guests: what each is sent, in every order in which they come, read and leave. The world is a list of frames. */
import { expect, test } from 'vitest'
import type { Link, LinkEvent, SubscribeOptions } from '../link.ts'
import { type ScreenViewer, screenOf } from './screen.ts'

const MiB = 1 << 20

/** A world with one shell, which says what the test says. */
class Shell {
  readonly link: Link
  subscriptions = 0
  acked = 0
  #options: SubscribeOptions | null = null
  readonly #listeners = new Set<(event: LinkEvent) => void>()

  constructor(
    readonly kept: { start: number; end: number },
    readonly afterReply: () => void = () => {},
  ) {
    const link: Pick<Link, 'subscribe' | 'onEvent'> = {
      subscribe: (options) => {
        this.subscriptions++
        this.#options = options
        options.onStart?.({ ...this.kept, typed: 0, epoch: 0 })
        this.afterReply()
        return Promise.resolve({
          ack: (offset) => {
            this.acked = offset
          },
          type: () => {},
          leave: () => {
            this.subscriptions--
            this.#options = null
          },
        })
      },
      onEvent: (listener) => {
        this.#listeners.add(listener)
        return () => this.#listeners.delete(listener)
      },
    }
    this.link = link as Link
  }

  says(offset: number, bytes: Uint8Array): void {
    this.#options?.onOutput(offset, Buffer.from(bytes))
  }

  ends(status: number): void {
    this.#options?.onClosed?.(status)
  }

  goesBack(): void {
    for (const listener of this.#listeners) listener({ name: 'rewound', values: {} })
  }
}

/** Bytes that tell where they belong. */
const output = (offset: number, length: number): Buffer =>
  Buffer.from(Array.from({ length }, (_, n) => (offset + n) % 251))

/** What a guest's browser is sent. */
class Guest implements ScreenViewer {
  readonly frames: { offset: number; bytes: Buffer }[] = []
  readonly told: string[] = []
  send(offset: number, bytes: Uint8Array): void {
    this.frames.push({ offset, bytes: Buffer.from(bytes) })
  }
  unsent(): number {
    return 0
  }
  closed(status: number): void {
    this.told.push(`closed ${status}`)
  }
  lost(): void {
    this.told.push('lost')
  }
  get end(): number {
    const last = this.frames.at(-1)
    return last ? last.offset + last.bytes.length : -1
  }
  get bytes(): Buffer {
    return Buffer.concat(this.frames.map(({ bytes }) => bytes))
  }
}

test('a guest who comes back to a full screen goes on where they were, and sees what comes', async () => {
  const shell = new Shell({ start: MiB, end: 2 * MiB })
  const screen = await screenOf(shell.link, 1)
  const guest = new Guest()
  // Before the world has sent more than a little of what it keeps.
  shell.says(MiB, output(MiB, 1000))
  const view = screen.view(guest, 2 * MiB - 10)
  expect(view).toMatchObject({ start: MiB, end: 2 * MiB })
  view.begin()
  for (let at = MiB + 1000; at < 2 * MiB; at += 1000) shell.says(at, output(at, Math.min(1000, 2 * MiB - at)))
  expect(guest.frames[0]?.offset).toBe(2 * MiB - 10)
  shell.says(2 * MiB, output(2 * MiB, 5))
  expect(guest.bytes).toEqual(output(2 * MiB - 10, 15))
  view.leave()
})

test('a guest who has seen more than there is begins anew', async () => {
  const shell = new Shell({ start: 0, end: 100 })
  const screen = await screenOf(shell.link, 1)
  const guest = new Guest()
  screen.view(guest, 101).begin()
  shell.says(0, output(0, 100))
  expect(guest.bytes).toEqual(output(0, 100))
})
