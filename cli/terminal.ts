/**
 * This terminal's keyboard and screen joined to a shell in a machine, byte for byte. Knows no lab, no Docker and no verdict. Whatever
 * happens, the terminal is given back as it was.
 */
import { randomBytes } from 'node:crypto'
import type { Subscription } from '../sandbox/link.ts'
import type { RunningMachine } from '../sandbox/machine.ts'

/** Ctrl-], as in telnet: nothing that people use in a shell. */
const escapeKey = 0x1d

/** @returns how it ended, in words */
export async function serveTerminal(
  machine: Pick<RunningMachine, 'link' | 'firstTerminal'>,
): Promise<string> {
  const { link } = machine
  const { stdin, stdout } = process
  const size = () => ({ cols: stdout.columns ?? 80, rows: stdout.rows ?? 24 })
  const terminal = machine.firstTerminal ?? (await link.openTerminal(size()))
  await link.resizeTerminal(terminal, size())

  let end: (how: string) => void = () => {}
  const ended = new Promise<string>((resolve) => {
    end = resolve
  })
  // The first output may come before `subscribe` has returned.
  let subscription: Subscription | undefined
  subscription = await link.subscribe({
    terminal,
    client: `cli-${randomBytes(6).toString('hex')}`,
    from: 'start',
    // Acknowledged when the screen has taken it: a slow terminal slows the shell, nothing piles up.
    onOutput: (offset, bytes) =>
      stdout.write(Buffer.from(bytes), () => subscription?.ack(offset + bytes.length)),
    onClosed: (status) => end(`The shell ended (${status})`),
    onLost: () => end('The machine stopped answering'),
  })

  let typed = 0
  const onKeys = (bytes: Buffer) => {
    const left = bytes.indexOf(escapeKey)
    const meant = left < 0 ? bytes : bytes.subarray(0, left)
    if (meant.length > 0) subscription?.type(typed, meant)
    typed += meant.length
    if (left >= 0) end('Left with Ctrl-]')
  }
  const onResize = () => {
    link.resizeTerminal(terminal, size()).catch(() => end('The machine stopped answering'))
  }
  // A crash of ours must not leave a terminal without echo behind.
  const restore = () => stdin.isTTY && stdin.setRawMode(false)
  process.once('exit', restore)
  if (stdin.isTTY) stdin.setRawMode(true)
  stdin.on('data', onKeys).resume()
  stdout.on('resize', onResize)
  try {
    return await ended
  } finally {
    stdin.off('data', onKeys).pause()
    stdout.off('resize', onResize)
    restore()
    process.off('exit', restore)
    subscription?.leave()
  }
}
