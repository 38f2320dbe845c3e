/** One shell's output for many guests: what each is sent, in every order in which they come, read and leave. The world is a list of frames. */
import { setTimeout as delay } from 'node:timers/promises'
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
      subscribe: async (options) => {
        await null
        this.subscriptions++
        this.#options = options
        options.onStart?.({ ...this.kept, typed: 0, epoch: 0 })
        this.afterReply()
        return {
          ack: (offset) => {
            this.acked = offset
          },
          type: () => {},
          leave: () => {
            this.subscriptions--
            this.#options = null
          },
        }
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

test('what is kept is the last of it, whole and in order, in however small pieces it came', async () => {
  const shell = new Shell({ start: 0, end: 0 })
  const screen = await screenOf(shell.link, 1)
  const keeper = screen.view(new Guest(), 'start')
  let at = 0
  for (const length of [1, 70_000, 3, MiB - 5, 1, 1, 500_001]) {
    shell.says(at, output(at, length))
    at += length
  }
  for (let n = 0; n < 5000; n++) shell.says(at, output(at++, 1))
  expect(shell.acked).toBe(at)
  const guest = new Guest()
  const view = screen.view(guest, 'start')
  expect(view).toMatchObject({ start: at - MiB, end: at })
  view.begin()
  expect(guest.frames[0]?.offset).toBe(at - MiB)
  expect(guest.bytes.equals(output(at - MiB, MiB))).toBe(true)
  // Pieces of a size to be sent, not those that came.
  expect(guest.frames.length).toBeLessThan(20)
  keeper.leave()
})

test('a gap in what the world sends is one for who sees it, and what comes after it is whole', async () => {
  const shell = new Shell({ start: 0, end: 0 })
  const screen = await screenOf(shell.link, 1)
  const guest = new Guest()
  screen.view(guest, 'start').begin()
  shell.says(0, output(0, 100))
  shell.says(3 * MiB, output(3 * MiB, 100))
  expect(guest.frames.map(({ offset }) => offset)).toEqual([0, 3 * MiB])
  expect(screen.view(new Guest(), 50)).toMatchObject({ start: 3 * MiB, end: 3 * MiB + 100 })
})

test('who does not read is sent one window; who reads on gets what is kept by then', async () => {
  const shell = new Shell({ start: 0, end: 0 })
  const screen = await screenOf(shell.link, 1)
  const guest = new Guest()
  const view = screen.view(guest, 'start')
  view.begin()
  for (let at = 0; at < 4 * MiB; at += 64 * 1024) shell.says(at, output(at, 64 * 1024))
  expect(guest.end).toBe(MiB)
  view.ack(MiB)
  expect(guest.frames.find(({ offset }) => offset > MiB - 1)?.offset).toBe(3 * MiB)
  expect(guest.end).toBe(4 * MiB)
})

test('two who wait for the same screen: the first goes at once, and the other sees it', async () => {
  const shell = new Shell({ start: 0, end: 0 })
  const [first, second] = [screenOf(shell.link, 1), screenOf(shell.link, 1)]
  const guest = new Guest()
  first.then((screen) => screen.view(new Guest(), 'start').leave())
  const view = (await second).view(guest, 'start')
  view.begin()
  await delay(10)
  shell.says(0, output(0, 5))
  expect(guest.bytes).toEqual(output(0, 5))
  expect(shell.subscriptions).toBe(1)
  view.leave()
  await delay(10)
  expect([shell.subscriptions, guest.told]).toEqual([0, []])
})

test.each([
  ['has gone back to a moment', (shell: Shell) => shell.goesBack(), 'lost'],
  ['has ended', (shell: Shell) => shell.ends(3), 'closed 3'],
])(
  'who comes to a shell that %s while the world was asked is told, and nothing is left open',
  async (_what, happens, told) => {
    const shell: Shell = new Shell({ start: 0, end: 0 }, () => happens(shell))
    const screen = await screenOf(shell.link, 1)
    const guest = new Guest()
    screen.view(guest, 'start').begin()
    expect(guest.told).toEqual([])
    await delay(10)
    expect([guest.told, shell.subscriptions]).toEqual([[told], 0])
    // The next one is another screen.
    expect(await screenOf(shell.link, 1)).not.toBe(screen)
  },
)
