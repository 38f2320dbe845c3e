/**
 * A line of the course on its way to the learner's own terminal, always by a click. It goes to the terminal of the same page, else to a tab of this
 * browser that has it open; when there is none, it waits in this tab for the terminal to open here. Nothing of it stands in an address: a link, a reload or Back runs
 * nothing. Knows no emulator and no machine beyond its attempt's id.
 */
import { sessionKept } from '../kept.ts'
import { randomName } from '../random-name.ts'

const channelName = 'ringside:line'
const wishKey = 'ringside:line'
/** A tab in the background answers late, more so where the processor is busy; whoever clicks should not wait long for one that sleeps. */
const hereMs = 1_000
/** Of one that has answered already: given up too early, the line would be run there and once more here. */
const ranMs = 5_000
const wishMs = 30_000

/** The line as typed, with Enter. What stood half-typed at the prompt would become a part of it: Ctrl-U takes it away. */
export const typed = (line: string): string => `\u0015${line}\r`

/** One line of printable ASCII: nothing that a terminal would take for more than its letters. */
export const isLine = (line: unknown): line is string =>
  typeof line === 'string' && /^[\x20-\x7e]{1,500}$/.test(line)

type Message =
  | { type: 'who'; ask: string; attempt: string }
  | { type: 'here'; ask: string; tab: string }
  | { type: 'run'; ask: string; tab: string; line: string }
  | { type: 'ran'; ask: string; tab: string; took: Taken }

/** What became of a line. `full-screen`: an editor or a pager has the terminal, to which its letters would be commands. */
export type Taken = 'typed' | 'full-screen' | 'no'
/** Where a line was typed, or why it was not. */
export type Outcome = 'here' | 'other' | 'full-screen'

/** The terminals of this page, by attempt. */
const here = new Map<string, Run>()
type Run = (line: string) => Taken

/** To this page's terminal of the machine, before anybody's eyes; else to the first tab that has it. Null when none takes the line. */
export async function sendLine(attempt: string, line: string): Promise<Outcome | null> {
  const run = here.get(attempt)
  const taken = run ? runIn(run, line) : await sendToTab(attempt, line)
  return taken === 'typed' ? (run ? 'here' : 'other') : taken === 'no' ? null : taken
}

const runIn = (run: Run, line: unknown): Taken => (isLine(line) ? run(line) : 'no')

/** `no` also when none answers. */
async function sendToTab(attempt: string, line: string): Promise<Taken> {
  const channel = new BroadcastChannel(channelName)
  const ask = randomName()
  const say = (message: Message) => channel.postMessage(message)
  const hears = <T extends 'here' | 'ran'>(type: T, patienceMs: number) =>
    new Promise<Extract<Message, { type: T }> | null>((resolve) => {
      const timer = setTimeout(() => resolve(null), patienceMs)
      channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
        if (data.type !== type || data.ask !== ask) return
        clearTimeout(timer)
        resolve(data as Extract<Message, { type: T }>)
      })
    })
  try {
    const answer = hears('here', hereMs)
    say({ type: 'who', ask, attempt })
    const tab = (await answer)?.tab
    if (tab === undefined) return 'no'
    const ran = hears('ran', ranMs)
    say({ type: 'run', ask, tab, line })
    return (await ran)?.took ?? 'no'
  } finally {
    channel.close()
  }
}

/**
 * Answers for the terminal of this page.
 * @param run types the line; `no` when the terminal takes nothing
 * @returns how to stop
 */
export function hearLines(attempt: string, run: Run): () => void {
  const channel = new BroadcastChannel(channelName)
  const tab = randomName()
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data.type === 'who' && data.attempt === attempt)
      channel.postMessage({ type: 'here', ask: data.ask, tab })
    if (data.type === 'run' && data.tab === tab)
      channel.postMessage({ type: 'ran', ask: data.ask, tab, took: runIn(run, data.line) })
  })
  here.set(attempt, run)
  return () => {
    here.delete(attempt)
    channel.close()
  }
}

/** For the terminal that is about to open in this tab. */
export function wishLine(attempt: string, line: string, now = Date.now()): void {
  sessionKept.set(wishKey, JSON.stringify({ attempt, line, at: now }))
}

/** Once per wish, and not after half a minute: by then somebody does not expect it any more. */
export function takeLine(attempt: string, now = Date.now()): string | null {
  const wish = readWish(sessionKept.get(wishKey))
  if (wish?.attempt !== attempt) return null
  sessionKept.remove(wishKey)
  return now - wish.at <= wishMs && isLine(wish.line) ? wish.line : null
}

function readWish(text: string | null): { attempt: string; line: unknown; at: number } | null {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}
