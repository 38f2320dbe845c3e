/**
 * Makes sure that a Docker engine answers: finds, installs or starts one. Knows no image and no sandbox.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError } from '../output.ts'
import { aptInstall } from './apt.ts'
import { mountCgroups } from './cgroups.ts'
import { planEngine } from './engine-plan.ts'
import type { Host } from './host.ts'
import { type Ping, pingEngine } from './ping.ts'

export interface EngineOptions {
  dockerHost: string | undefined
  /** Where the local engine listens; Docker's own place unless a test says otherwise. */
  socket?: string
  /** Where the log of a daemon goes that we start ourselves. */
  logs: string
  note: (line: string) => void
}

/** One round per thing that was missing: installed, then started, then answering. */
export async function ensureEngine(host: Host, options: EngineOptions): Promise<void> {
  for (let round = 0; round < 3; round++) {
    const plan = planEngine(await factsOf(host, options))
    if (plan.do === 'use') return
    if (plan.do === 'refuse') throw new CommandError(plan.message, plan.remedy)
    if (plan.do === 'install') await install(host, options)
    else if (plan.do === 'start with systemd') await startWithSystemd(host, options)
    else await startDaemon(host, options)
  }
  throw new CommandError(
    'A Docker engine was installed and started, yet none answers.',
    'Look at its log (`journalctl -u docker`, or `dockerd` in a terminal), then run the command again.',
  )
}

async function factsOf(host: Host, { dockerHost, socket }: EngineOptions) {
  return { ...host, dockerHost, ping: await pingEngine(dockerHost ?? socket), dockerd: host.has('dockerd') }
}

/**
 * `iptables` is only recommended by docker.io, yet its daemon does not start without it. A kernel with AppArmor needs the parser, or no
 * container starts. The client is not needed: Ringside speaks to the socket.
 */
async function install(host: Host, { note, socket }: EngineOptions): Promise<void> {
  note('installing Debian’s docker.io with apt-get')
  const appArmor = host.read('/sys/module/apparmor/parameters/enabled').startsWith('Y')
  await aptInstall(
    host,
    ['docker.io', 'iptables', 'ca-certificates', ...(appArmor ? ['apparmor'] : [])],
    note,
  )
  // The package may start the daemon itself, unless a policy forbids it, as in most containers.
  await answersWithin(socket, host.systemd ? 20_000 : 2000)
}

async function startWithSystemd(host: Host, { note, socket }: EngineOptions): Promise<void> {
  note('starting docker.service')
  const { code, output } = await host.run(['systemctl', 'start', 'docker'], note)
  if (code === 0 && (await answersWithin(socket, 60_000)) === 'answers') return
  throw new CommandError(
    `docker.service did not start: ${output.trim()}`,
    'Look at `journalctl -u docker -n 50`, mend what it says, then run the command again.',
  )
}

/** Without an init system the daemon is ours to start; it survives us, as a service would. */
async function startDaemon(host: Host, { logs, note, socket }: EngineOptions): Promise<void> {
  await mountCgroups(host, note)
  const log = join(logs, 'dockerd.log')
  for (const flags of [[], ['--iptables=false', '--ip6tables=false', '--bridge=none']]) {
    note(`starting dockerd ${flags.join(' ')}`)
    const { ended } = host.startDetached(['dockerd', ...flags], log)
    if (await answersUnless(ended, socket)) return
    // The network of containers is not needed: sandboxes have none, builds use the host's.
    if (!/iptables|ip6tables|nft|bridge|NAT/i.test(tail(log))) break
  }
  throw new CommandError(
    `dockerd did not start. Its last words:\n${tail(log)}`,
    `The whole log is in ${log}. Mend what it says, then run the command again.`,
  )
}

async function answersUnless(ended: Promise<number>, socket: string | undefined): Promise<boolean> {
  const gone = ended.then(() => 'ended' as const)
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
    if ((await pingEngine(socket)) === 'answers') return true
    const pause = new Promise<'paused'>((resolve) => setTimeout(resolve, 250, 'paused'))
    if ((await Promise.race([gone, pause])) === 'ended') return (await pingEngine(socket)) === 'answers'
  }
  return false
}

async function answersWithin(socket: string | undefined, ms: number): Promise<Ping> {
  for (const deadline = Date.now() + ms; ; ) {
    const ping = await pingEngine(socket)
    if (ping === 'answers' || Date.now() > deadline) return ping
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

function tail(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim().split('\n').slice(-15).join('\n')
  } catch {
    return ''
  }
}
