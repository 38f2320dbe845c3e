/**
 * The sandbox service with real machines: what a learner can do, and what happens when things die.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dockerDriver } from '../sandbox/docker.ts'
import { identityFilter, identityLabels } from '../sandbox/labels.ts'
import type { CheckResponse } from '../sandbox/protocol/requests.ts'
import { closeCodes } from '../sandbox/protocol/sockets.ts'
import type { SandboxStatus } from '../sandbox/protocol/status.ts'
import type { WatchMessage } from '../sandbox/protocol/watch.ts'
import { signTicket } from '../sandbox/tickets.ts'
import { pause, startService, type TestService } from './support/service.ts'
import { closeCode, openSocket, TestTerminal } from './support/terminal.ts'

const driver = dockerDriver()
let service: TestService
let machine: SandboxStatus

beforeAll(async () => {
  service = await startService()
  machine = await startMachine()
}, 900_000)

afterAll(() => service[Symbol.asyncDispose]())

/** The first start of all may have to make the machine's template. */
const withTemplateMs = 600_000

async function startMachine(seed = 1): Promise<SandboxStatus> {
  const id = randomUUID()
  await service.client.start({ id, lab: 'accept-queue', seed, owner: 'ada' })
  return service.until(id, (status) => status.state === 'ready', withTemplateMs)
}

const containers = (id: string) => driver.list({ ...identityFilter(service.home), 'ringside.sandbox': id })

describe('a sandbox', () => {
  test('tells every step of its start with its time', () => {
    const steps = machine.steps.map((step) => step.id).filter((id) => id !== 'template')
    expect(steps).toEqual(['container', 'restore', 'break', 'shell', 'verify'])
    for (const step of machine.steps) expect(step.ms).toBeGreaterThanOrEqual(0)
    expect(machine.startMs).toBeGreaterThan(0)
  })

  test('is started once however often it is asked for', async () => {
    const request = { id: machine.id, lab: 'accept-queue', seed: 1, owner: 'ada' }
    const again = await Promise.all([service.client.start(request), service.client.start(request)])
    expect(again.map((status) => status.state)).toEqual(['ready', 'ready'])
    expect(await containers(machine.id)).toHaveLength(1)
  })

  test('shows what its clients suffer, second by second', async () => {
    const messages: WatchMessage[] = []
    const hear = (data: Buffer) => messages.push(JSON.parse(String(data)) as WatchMessage)
    const socket = await openSocket(service, machine.id, 'watch', { hear })
    await expect
      .poll(
        () =>
          messages.flatMap((m) => (m.type === 'world' ? m.seconds : [])).reduce((n, s) => n + s.started, 0),
        { timeout: 20_000 },
      )
      .toBeGreaterThan(10)
    expect(messages[0]).toMatchObject({ type: 'status', status: { id: machine.id } })
    socket.terminate()
  })

  test('is unknown to the service under another id, with a remedy', async () => {
    await expect(service.client.status(randomUUID())).rejects.toMatchObject({
      status: 404,
      problem: { code: 'no-sandbox', remedy: expect.stringMatching(/Start the lab again/) },
    })
  })

  test('with answers to questions that its lab does not ask is not checked', async () => {
    await expect(service.client.check(machine.id, { figures: { ring: 1 } })).rejects.toMatchObject({
      status: 400,
      problem: { code: 'other-form' },
    })
  })

  test('of a lab that does not exist is refused, naming those that do', async () => {
    const request = { id: randomUUID(), lab: 'no-such-lab', seed: 1, owner: 'ada' }
    await expect(service.client.start(request)).rejects.toMatchObject({
      status: 404,
      message: expect.stringContaining('accept-queue'),
    })
  })
})

describe('a terminal', () => {
  test('is a root shell on a kernel of its own', async () => {
    const terminal = await TestTerminal.open(service, machine.id)
    terminal.type('uname -r; id -u; echo ready-$((6*7))\r')
    await terminal.until((screen) => /6\.12\.\d+.*\r\n0\r\nready-42/s.test(screen))
    terminal.close()
  })

  test('of two tabs are two shells on the same machine', async () => {
    const one = await TestTerminal.open(service, machine.id, { client: 'tab-1' })
    const two = await TestTerminal.open(service, machine.id, { client: 'tab-2' })
    expect(one.terminal).not.toBe(two.terminal)
    one.type('echo from one > /tmp/shared; echo wrote-$((1+1))\r')
    await one.until((screen) => screen.includes('wrote-2'))
    two.type('cat /tmp/shared\r')
    await two.until((screen) => screen.includes('from one\r\n'))
    for (const tab of [one, two]) {
      tab.type('exit\r')
      await tab.until(() => tab.messages.some((message) => message.type === 'closed'))
    }
  })

  test('comes back after a lost connection with nothing lost and nothing typed twice', async () => {
    const terminal = await TestTerminal.open(service, machine.id, { client: 'flaky' })
    terminal.type('for i in $(seq 1 40); do echo line-$i; sleep 0.05; done\r')
    for (let cut = 0; cut < 3; cut++) {
      await terminal.until((screen) => screen.includes(`line-${cut * 10 + 5}\r\n`))
      terminal.close()
      terminal.type(`# typed while away ${cut}\r`)
      await terminal.attach()
    }
    await terminal.until((screen) => screen.includes('line-40\r\n') && screen.includes('away 2'))
    const numbers = [...terminal.screen.matchAll(/line-(\d+)\r\n/g)].map((match) => Number(match[1]))
    expect(numbers).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
    terminal.type('history | grep -c "typed while aw[a]y"; echo counted\r')
    await terminal.until((screen) => /\D3\r\ncounted/.test(screen))
    terminal.close()
  })

  test('of a program that floods it answers Ctrl-C at once', async () => {
    const terminal = await TestTerminal.open(service, machine.id, { client: 'flood' })
    terminal.type('yes\r')
    await terminal.until((screen) => screen.length > 500_000)
    terminal.type('\x03')
    terminal.type('echo calm-$((2*21))\r')
    await terminal.until((screen) => screen.includes('calm-42'), 10_000)
    terminal.close()
  })
})

describe('the shells of a machine', () => {
  test('tell what runs in them before they are ended, and leave a recording', async () => {
    const { client } = service
    const mine = await startMachine(3)
    const { terminal } = await client.openTerminal(mine.id, { cols: 100, rows: 30 })
    await client.renameTerminal(mine.id, terminal, 'watcher')
    const shell = await TestTerminal.open(service, mine.id, { terminal, client: 'worker' })
    shell.type("echo be''gun; watch -n 60 true\r")
    await shell.until((screen) => screen.includes('Every 60.0s'))
    expect(await client.closeTerminal(mine.id, terminal, false)).toEqual({ closed: false, program: 'watch' })
    expect(await client.closeTerminal(mine.id, terminal, true)).toEqual({ closed: true, program: '' })
    const cast = async (name: string) => new Response(await client.recording(mine.id, name)).text()
    await expect
      .poll(() => cast('0-2.cast'), { timeout: 10_000 })
      .toMatch(/begun[\s\S]*"m", "shell ended: \d+"\]\n$/)
    await client.reset(mine.id)
    await service.until(mine.id, (status) => status.state === 'ready' && status.generation === 1)
    const names = async () => (await client.recordings(mine.id)).map(({ name }) => name)
    await expect.poll(names).toEqual(['0-1.cast', '0-2.cast', '1-1.cast'])
    expect(await cast('0-1.cast')).toMatch(/root@server[\s\S]*"m", "reset"\]\n$/)
    await client.end(mine.id)
    await expect.poll(async () => await cast('1-1.cast')).toMatch(/"m", "end"\]\n$/)
  })
})

describe('a check', () => {
  test('brings along what was typed in every shell, and judges the same when that is forged', async () => {
    await service.until(machine.id, (status) => status.baseline !== 'measuring')
    const tabs = [
      await TestTerminal.open(service, machine.id, { client: 'worker' }),
      await TestTerminal.open(service, machine.id, { client: 'watcher' }),
    ] as const
    tabs[0].type('ss -lnt\rnstat -az | grep -i listen; echo seen-$((1+1))\r')
    await tabs[0].until((screen) => screen.includes('seen-2'))
    tabs[1].type("echo begun-$((2+2)); watch -n 5 'cat /proc/net/softnet_stat'\r")
    await tabs[1].until((screen) => screen.includes('Every 5.0s'))
    const honest = await service.client.check(machine.id, null)
    const typed = honest.work?.commands.filter(({ line }) => /^ss|^nstat|^echo begun/.test(line)) ?? []
    expect(typed.map(({ line }) => line)).toEqual([
      'ss -lnt',
      'nstat -az | grep -i listen; echo seen-$((1+1))',
      "echo begun-$((2+2)); watch -n 5 'cat /proc/net/softnet_stat'",
    ])
    const age = (Date.now() - Date.parse(machine.startedAt)) / 1000
    const times = typed.map(({ at }) => at ?? -1)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(times[0]).toBeGreaterThan(0)
    expect(times[2]).toBeLessThanOrEqual(age + 1)

    tabs[0].type(
      "printf '#%s\\n%s\\n' $EPOCHSECONDS 'nstat -az TcpExtListenOverflows' > ~/.bash_history; kill -9 $$\r",
    )
    await tabs[0].until(() => tabs[0].messages.some((message) => message.type === 'closed'))
    const forged = await service.client.check(machine.id, null)
    expect(forged.work?.commands.map(({ line }) => line)).toEqual(['nstat -az TcpExtListenOverflows'])
    // A host that was too busy to judge is asked once more, as anywhere.
    const judged = async ({ verdict }: CheckResponse) =>
      (verdict.status === 'error' ? await service.judged(machine.id) : verdict).status
    expect(await judged(forged)).toBe(await judged(honest))
    tabs[1].type('\x03exit\r')
    await tabs[1].until(() => tabs[1].messages.some((message) => message.type === 'closed'))
  })
})

describe('a stranger', () => {
  test('with a page of another origin is turned away', async () => {
    const socket = await openSocket(service, machine.id, 'terminal', { origin: 'https://elsewhere.example' })
    expect(await closeCode(socket)).toBe(closeCodes.badOrigin)
  })

  test('with a ticket that is forged, for another channel, or of somebody else is turned away', async () => {
    const other = 'another secret that is also long enough'
    const claims = { aud: 'terminal', sub: 'ada', sandbox: machine.id } as const
    const tickets = [
      await signTicket(claims, other),
      await signTicket({ ...claims, aud: 'watch' }, service.secret),
      await signTicket({ ...claims, sub: 'mallory' }, service.secret),
      'rubbish',
      '',
    ]
    for (const ticket of tickets) {
      const socket = await openSocket(service, machine.id, 'terminal', { ticket })
      expect(await closeCode(socket)).toBe(closeCodes.badTicket)
    }
  })

  test('without the app’s ticket gets nothing over HTTP', async () => {
    const ticket = await signTicket({ aud: 'terminal', sub: 'ada', sandbox: machine.id }, service.secret)
    for (const authorization of ['', 'Bearer x', `Bearer ${ticket}`]) {
      const response = await fetch(`${service.url}/sandboxes/${machine.id}`, { headers: { authorization } })
      expect(response.status).toBe(401)
    }
  })

  test('who sends rubbish loses the connection, and nobody else notices', async () => {
    const rubbish = [
      '{',
      '{"type":"attach"}',
      '[]',
      '{"type":"ack","offset":-1}',
      Buffer.alloc(3),
      Buffer.alloc(70_000),
    ]
    for (const message of rubbish) {
      const socket = await openSocket(service, machine.id)
      socket.send(message)
      expect(await closeCode(socket)).toBe(closeCodes.badMessage)
    }
    expect((await service.client.status(machine.id)).state).toBe('ready')
  })
})

describe('when the service is killed', () => {
  test('the machine goes on, and the terminal comes back with its screen and what was typed meanwhile', async () => {
    const terminal = await TestTerminal.open(service, machine.id, { client: 'survivor' })
    terminal.type('echo before-$((20+1))\r')
    await terminal.until((screen) => screen.includes('before-21'))
    await service.kill('SIGKILL')
    terminal.type('echo meanwhile-$((40+2))\r')
    await service.restart()
    expect((await service.client.status(machine.id)).state).toBe('ready')
    await terminal.attach()
    await terminal.until((screen) => screen.includes('meanwhile-42'))
    expect(terminal.screen.match(/meanwhile-42/g)).toHaveLength(1)
    const reloaded = await TestTerminal.open(service, machine.id, {
      client: 'survivor',
      terminal: terminal.terminal,
      generation: terminal.generation,
    })
    await reloaded.until((screen) => screen.includes('before-21') && screen.includes('meanwhile-42'))
    terminal.close()
    reloaded.close()
  })

  test('a container that answers nobody, and is older than any sandbox may get, is removed', async () => {
    const id = randomUUID()
    const long = '2020-01-01T00:00:00.000Z'
    const owner = {
      home: service.home,
      sandbox: id,
      owner: 'ada',
      lab: 'accept-queue',
      seed: 1,
      generation: 0,
    }
    const [running] = await containers(machine.id)
    await service.kill('SIGKILL')
    await driver.run({
      name: `ringside-orphan-${id}`,
      image: await imageOf(running?.id ?? ''),
      command: ['/bin/busybox', 'sleep', '600'],
      labels: identityLabels({ ...owner, started: long, expires: long }),
      volumes: [],
      memoryMb: 64,
      cpus: 1,
      kvm: false,
    })
    await service.restart()
    expect(await containers(id)).toEqual([])
  })
})

describe('a machine that dies', () => {
  test('of a panic of its kernel is said to, and Reset is offered', async () => {
    const mine = await startMachine(4)
    const shell = await TestTerminal.open(service, mine.id, { client: 'curious' })
    const closed = closeCode(shell.socket)
    shell.type('echo 1 >/proc/sys/kernel/sysrq; echo c >/proc/sysrq-trigger\r')
    expect(await closed).toBe(closeCodes.unavailable)
    expect(await service.client.status(mine.id)).toMatchObject({
      state: 'dead',
      problem: {
        code: 'machine-dead',
        message: expect.stringMatching(/the server's kernel panicked/),
        remedy: expect.stringMatching(/Reset/),
      },
    })
    // Who watches the shell is told in the shell, too.
    expect(shell.messages.at(-1)).toMatchObject({ type: 'notice', problem: { code: 'machine-dead' } })
    await service.client.end(mine.id)
  })

  test('in the middle of a check costs nothing, is told, and Reset gives a fresh one', async () => {
    const mine = await startMachine(2)
    await service.until(mine.id, (status) => status.baseline !== 'measuring')
    const check = service.client.check(mine.id, null)
    await pause(500)
    const [container] = await containers(mine.id)
    await killQemu(container?.id ?? '')
    const { verdict } = await check
    expect(verdict.status).toBe('error')
    const dead = await service.until(mine.id, (status) => status.state === 'dead')
    expect(dead.problem?.remedy).toMatch(/Reset/)
    await service.client.reset(mine.id)
    const fresh = await service.until(
      mine.id,
      (status) => status.state === 'ready' && status.generation === 1,
    )
    expect(fresh.problem).toBeNull()
    await expect.poll(() => containers(mine.id)).toHaveLength(1)
    await service.client.end(mine.id)
    expect(await containers(mine.id)).toEqual([])
  })
})

/** From the host: inside the container not even root may end a process of another user. */
async function killQemu(container: string): Promise<void> {
  const { default: Docker } = await import('dockerode')
  const { Processes } = await new Docker().getContainer(container).top({ ps_args: '-o pid,comm' })
  const qemu = (Processes as string[][]).find(([, command]) => command?.startsWith('qemu-system'))
  process.kill(Number(qemu?.[0]), 'SIGKILL')
}

async function imageOf(container: string): Promise<string> {
  const { default: Docker } = await import('dockerode')
  return (await new Docker().getContainer(container).inspect()).Image
}
