/**
 * Going back on real machines: everything is as it was, shells and all; the terminals are the browser's own sessions. And what is left
 * when it goes wrong: a machine that runs, or one that is dead and says so.
 */
import { randomUUID } from 'node:crypto'
import Docker from 'dockerode'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dockerDriver } from '../sandbox/docker.ts'
import { identityFilter } from '../sandbox/labels.ts'
import type { Moment, SandboxStatus } from '../sandbox/protocol/status.ts'
import type { TerminalsMessage, WatchMessage } from '../sandbox/protocol/watch.ts'
import { BrowserTerminal, until } from './support/browser-terminal.ts'
import { pause, startService, type TestService } from './support/service.ts'
import { openSocket } from './support/terminal.ts'

const driver = dockerDriver()
let service: TestService
let machine: SandboxStatus

beforeAll(async () => {
  service = await startService()
  machine = await startMachine()
}, 900_000)
afterAll(() => service[Symbol.asyncDispose]())

/** Ready, with its before-figures taken and its start kept. */
async function startMachine(seed = 1, lab = 'accept-queue'): Promise<SandboxStatus> {
  const id = randomUUID()
  await service.client.start({ id, lab, seed, owner: 'ada' })
  await service.until(id, (status) => status.state === 'ready', 600_000)
  return service.until(id, (status) => status.rewind.moments.length > 0, 60_000)
}

const client = () => service.client
const save = async (name: string): Promise<Moment> =>
  (await client().saveMoment(machine.id, name)).rewind.moments.at(-1) as Moment
const terminalOf = (name: string, terminal: number | null = null, of = machine) =>
  new BrowserTerminal(service, of.id, { client: name, terminal })

/** Goes back, and waits until the screen is drawn anew. */
async function back(
  terminal: BrowserTerminal,
  moment: number,
  { saveAs = null, of = machine }: { saveAs?: string | null; of?: SandboxStatus } = {},
) {
  const { clears } = terminal
  const status = await client().backTo(of.id, moment, saveAs)
  const isNew = () => terminal.clears > clears && terminal.session.state.phase === 'live'
  await until(isNew, 10_000, () => 'the screen is not drawn anew')
  return status
}

test('the start is kept by itself, once the before-figures are taken', () => {
  expect(machine.baseline).toBe('taken')
  expect(machine.rewind).toMatchObject({ allowed: true, busy: null, unsaved: false })
  expect(machine.rewind.moments).toMatchObject([{ kind: 'start', name: '' }])
  expect(machine.rewind.moments[0]?.bytes).toBeLessThan(32 << 20)
})

test('a sysctl, a file, a process and a running shell are as they were; the screen is drawn anew and types on', async () => {
  const terminal = terminalOf('turned')
  await terminal.run('mark=was-here; cd /tmp; echo shell=$$', /shell=\d+\r/)
  const pid = /shell=(\d+)\r/.exec(terminal.text)?.[1]
  await terminal.run('sysctl -n net.core.somaxconn; sleep 4321 & echo sle""eps', /sleeps\r/)
  const somaxconn = /\r(\d+)\r\n/.exec(terminal.text)?.[1]
  const moment = await save('before')
  expect((await client().status(machine.id)).rewind.unsaved).toBe(false)

  await terminal.run('mark=changed; cd /; pkill -f "sleep 4321"; echo future > /root/future', '#')
  await terminal.run('sysctl -w net.core.somaxconn=4321; echo ch""anged', /changed\r/)
  expect((await client().status(machine.id)).rewind.unsaved).toBe(true)
  const status = await back(terminal, moment.id)
  expect(status.rewind).toMatchObject({ busy: null, unsaved: false })
  expect(status.generation).toBe(0)

  await terminal.shows(/sleeps\r/)
  expect(terminal.text).not.toContain('changed')
  await terminal.run('echo $mark in $PWD shell=$$', `was-here in /tmp shell=${pid}\r`)
  await terminal.run('cat /root/future; sysctl net.core.somaxconn', `net.core.somaxconn = ${somaxconn}\r`)
  expect(terminal.text).toContain('No such file')
  await terminal.run('pgrep -fc "sleep 432""1"', /\r1\r\n/)
  // The clock is the present's, not the past's.
  await terminal.run('echo now=$EPOCHSECONDS.', /now=\d+\.\r/)
  const now = Number(/now=(\d+)\.\r/.exec(terminal.text)?.[1])
  expect(Math.abs(now * 1_000 - Date.now())).toBeLessThan(30_000)
  terminal.session.stop()
})

test('three moments, back and forth, and the present saved on the way', async () => {
  const terminal = terminalOf('traveller')
  await terminal.shows('#')
  const names = ['one', 'two', 'three']
  for (const name of names) {
    await terminal.run(
      `echo ${name} > /root/where; echo at-""${name}.`,
      new RegExp(`[\\r\\n]at-${name}\\.\\r`),
    )
    await save(name)
  }
  await terminal.run('echo four > /root/where; echo at-fo""ur', /[\r\n]at-four\r/)
  const { rewind } = await client().status(machine.id)
  const id = (name: string) => rewind.moments.find((one) => one.name === name)?.id ?? 0
  const where = async (name: string) => {
    await terminal.shows(new RegExp(`[\\r\\n]at-${name}\\.\\r`))
    await terminal.run('cat /root/where; echo re""ad', /[\r\n]read\r/)
    expect(terminal.text).toMatch(new RegExp(`[\\r\\n]${name}\\r\\nread\\r`))
  }
  const left = await back(terminal, id('two'), { saveAs: 'four' })
  await where('two')
  for (const name of ['one', 'three', 'one', 'two']) {
    await back(terminal, id(name))
    await where(name)
  }
  const four = left.rewind.moments.find((one) => one.name === 'four') as Moment
  await back(terminal, four.id)
  await terminal.run('cat /root/where; echo re""ad', /[\r\n]four\r\nread\r/)
  for (const name of names) await client().dropMoment(machine.id, id(name))
  await client().dropMoment(machine.id, four.id)
  expect((await client().status(machine.id)).rewind.moments.map((one) => one.name)).toEqual(['', 'before'])
  terminal.session.stop()
})

test('a shell that was closed since is back, with its name and what it had; one that was opened since is gone; both are told', async () => {
  const size = { cols: 100, rows: 30 }
  const { terminal: lost } = await client().openTerminal(machine.id, size)
  await client().renameTerminal(machine.id, lost, 'closed later')
  const shell = terminalOf('loser', lost)
  await shell.run('here=still; echo re""ady', /ready\r/)
  const moment = await save('with this shell')
  await client().closeTerminal(machine.id, lost, true)
  await until(
    () => shell.session.state.phase === 'closed',
    30_000,
    () => 'the shell lives on',
  )
  const { terminal: newer } = await client().openTerminal(machine.id, size)
  const future = terminalOf('future', newer)
  await future.run('echo fu""ture', /future\r/)
  await client().backTo(machine.id, moment.id, null)

  const again = terminalOf('loser', lost)
  await again.run('echo $here', /[\r\n]still\r/)
  expect(again.text).toContain('ready')
  await until(
    () => future.session.state.phase === 'closed',
    10_000,
    () => 'a shell of the future lives on',
  )
  const lists: TerminalsMessage[] = []
  const hear = (data: Buffer) => {
    const message = JSON.parse(String(data)) as WatchMessage
    if (message.type === 'terminals') lists.push(message)
  }
  const watcher = await openSocket(service, machine.id, 'watch', { hear })
  await until(
    () => lists.length > 0,
    10_000,
    () => 'no list of terminals was told',
  )
  const list = lists[0] as TerminalsMessage
  watcher.terminate()
  expect(list.list.find(({ terminal }) => terminal === lost)).toMatchObject({
    name: 'closed later',
    state: 'open',
  })
  expect(list.list.find(({ terminal }) => terminal === newer)).toBeUndefined()

  const cast = async (terminal: number) =>
    new Response(await client().recording(machine.id, `0-${terminal}.cast`)).text()
  await expect
    .poll(() => cast(lost), { timeout: 10_000 })
    .toMatch(/shell ended: [\s\S]*back at a moment: return [\s\S]*ready[\s\S]*still/)
  await expect.poll(() => cast(newer)).toMatch(/future[\s\S]*shell ended: /)
  await client().dropMoment(machine.id, moment.id)
  again.session.stop()
})

test('the start is broken still, with the figures of before, and a check there is a check like any', async () => {
  const start = machine.rewind.moments[0] as Moment
  await client().backTo(machine.id, start.id, null)
  const verdict = await service.judged(machine.id)
  expect(verdict.status).toBe('fail')
  const baseline = verdict.criteria.filter((one) => one.kind === 'baseline')
  expect(baseline.map((one) => one.status)).toEqual(baseline.map(() => 'pass'))
  await expect(client().dropMoment(machine.id, start.id)).rejects.toMatchObject({
    problem: { code: 'start-stays' },
  })
})

test('what waits on a connection of that time is told that nobody is at its other end', async () => {
  const asking = await startMachine(1, 'slow-accept')
  const terminal = terminalOf('waiting', null, asking)
  // Patience ends with a status above 128.
  const [word, ended] = ['read -rt 25 -u 5; echo st""atus=$?', /status=1\r/]
  const ask = 'printf \'GET / HTTP/1.1\\r\\n\\r\\n\' >&5; read -r line <&5; echo "$line"'
  await terminal.run('exec 5<>/dev/tcp/198.18.0.1/8080; echo op""en', /open\r/)
  const { rewind } = await client().saveMoment(asking.id, 'open')
  const open = rewind.moments.at(-1)?.id ?? 0
  // Its other end goes on meanwhile, and is there still when the machine goes back.
  await terminal.run(ask, /HTTP\/1.1 200 OK/)
  await back(terminal, open, { of: asking })
  await terminal.run(word, ended)
  // By now its other end has gone.
  await back(terminal, open, { of: asking })
  await terminal.run(word, ended)
  terminal.session.stop()
  await client().end(asking.id)
})

test('while a check is under way nothing is saved and nothing goes back', async () => {
  const check = client().check(machine.id, null)
  await service.until(machine.id, (status) => status.checking)
  for (const turn of [
    () => client().saveMoment(machine.id, 'meanwhile'),
    () => client().backTo(machine.id, 1, null),
    () => client().dropMoment(machine.id, 1),
  ])
    await expect(turn()).rejects.toMatchObject({ status: 409, problem: { code: 'checking' } })
  expect((await check).verdict.status).not.toBe('pass')
})

test('the moments outlive the service', async () => {
  await service.kill('SIGKILL')
  await service.restart()
  const { rewind } = await service.until(machine.id, (status) => status.rewind.moments.length === 2)
  expect(rewind).toMatchObject({ moments: [{ kind: 'start' }, { name: 'before' }], unsaved: true })
  const status = await client().backTo(machine.id, rewind.moments[1]?.id ?? 0, null)
  expect(status.state).toBe('ready')
})

test('a moment leaves no file, neither while it is kept nor after', async () => {
  expect(await filesIn('/tmp')).toEqual([])
  await client().dropMoment(machine.id, 2)
  expect(await filesIn('/tmp')).toEqual([])
})

test('whoever breaks out of QEMU cannot look into the keeper of its moments, which has no power itself', async () => {
  const keeper = 'for p in /proc/[0-9]*; do [ "$(cat $p/comm)" = keeper ] && break; done'
  const look = 'for f in mem maps environ fd/0; do head -c1 $p/$f && echo open; done'
  const said = await inContainer(`${keeper}; ${look}; grep -E "^Cap|NoNewPrivs" $p/status`, '900')
  expect(said).not.toContain('open')
  expect(said.match(/denied/g)?.length).toBe(4)
  expect(said.match(/^Cap\w+:\t0{16}$/gm)).toHaveLength(5)
  expect(said).toContain('NoNewPrivs:\t1')
})

test.each([
  ['QEMU', 'qemu-system', 'saving'],
  ['QEMU', 'qemu-system', 'going back'],
  ['the keeper', 'keeper', 'saving'],
  ['the keeper', 'keeper', 'going back'],
])(
  '%s (%s) that dies while %s leaves a dead machine that says so, and Reset helps',
  async (_, process, what) => {
    const mine = await startMachine()
    const [container] = await driver.list({ ...identityFilter(service.home), 'ringside.sandbox': mine.id })
    const turn = what === 'saving' ? client().saveMoment(mine.id, 'never') : client().backTo(mine.id, 1, null)
    const outcome = turn.then(
      () => 'done',
      () => 'refused',
    )
    await kill(container?.id ?? '', process)
    // Whoever was faster: it is told, in time.
    expect(['done', 'refused']).toContain(await Promise.race([outcome, pause(30_000)]))
    // The old QEMU may have been on its way out already.
    if ((await client().status(mine.id)).state !== 'dead') await kill(container?.id ?? '', process)
    const dead = await service.until(mine.id, (status) => status.state === 'dead', 30_000)
    expect(dead.problem?.remedy).toMatch(/Reset/)
    await client().reset(mine.id)
    const fresh = await service.until(
      mine.id,
      ({ state, generation, rewind }) => state === 'ready' && generation === 1 && rewind.moments.length === 1,
      90_000,
    )
    expect(fresh.rewind).toMatchObject({ busy: null, moments: [{ kind: 'start' }] })
    await client().end(mine.id)
    expect(await driver.list({ ...identityFilter(service.home), 'ringside.sandbox': mine.id })).toEqual([])
  },
)

/** From the host: inside the container not even root may end a process of another user. */
async function kill(container: string, name: string): Promise<void> {
  const { Processes } = await new Docker().getContainer(container).top({ ps_args: '-o pid,comm' })
  for (const [pid, command] of Processes as string[][]) if (command?.startsWith(name)) killNow(Number(pid))
}

/** A QEMU that is being left may have gone by itself since it was listed. */
function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

const filesIn = async (folder: string): Promise<string[]> =>
  (await inContainer(`ls -A ${folder}`)).split('\n').filter(Boolean)

/** What a shell in the container prints, errors and all. */
async function inContainer(script: string, user = '0'): Promise<string> {
  const [container] = await driver.list({ ...identityFilter(service.home), 'ringside.sandbox': machine.id })
  const exec = await new Docker().getContainer(container?.id ?? '').exec({
    Cmd: ['/usr/bin/busybox', 'sh', '-c', script],
    User: user,
    AttachStdout: true,
    AttachStderr: true,
    Tty: true,
  })
  let text = ''
  for await (const chunk of await exec.start({ Tty: true })) text += String(chunk)
  return text.replaceAll('\r', '')
}
