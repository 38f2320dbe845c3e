/**
 * The doctor's checks, each a question to the machine and a finding. Knows no output format. A check that cannot even ask says so.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Environment, repository } from '../environment.ts'
import { openHome } from '../home.ts'
import { runningHolder } from '../lock.ts'
import { explain } from '../output.ts'
import { runningPool } from '../pool.ts'
import { type PortNeed, portProblem } from '../ports.ts'
import { planEngine } from '../setup/engine-plan.ts'
import { type Host, thisHost } from '../setup/host.ts'
import { diskNeeds, diskRoom, memoryNeeds, memoryRoom } from '../setup/machine.ts'
import { pingEngine } from '../setup/ping.ts'
import type { Answer, Finding } from './finding.ts'
import { lookAtImage, lookAtMachine, lookAtTemplates } from './sandboxes.ts'

/** A check sees what was found before it: without an engine there is no image to look for. */
type Look = (before: Finding[]) => Promise<Finding>

export function findings(env: Environment, host: Host = thisHost()): Look[] {
  return [
    check('engine', 'Docker engine', () => engine(env, host)),
    check('tun', 'tun device', async () => tun(host)),
    check('disk', 'disk', async () => disk(env, host)),
    check('memory', 'memory', async () => memory(host)),
    check('ports', 'ports', () => ports(env)),
    check('database', 'database', () => database(env)),
    check('pool', 'warm pool', () => pool(env)),
    check('image', 'sandbox image', lookAtImage, ['engine']),
    check('template', 'VM templates', () => lookAtTemplates(env), ['engine', 'image']),
    check('accelerator', 'a machine really boots', () => lookAtMachine(env), ['engine', 'tun', 'image']),
  ]
}

export function check(id: string, title: string, ask: () => Promise<Answer>, needs: string[] = []): Look {
  return async (before) => {
    const missing = before.find((one) => needs.includes(one.id) && one.status !== 'ok')
    if (missing) {
      const detail = `not looked at: it needs the ${missing.title}`
      return { id, title, status: 'warn', detail, remedy: missing.remedy }
    }
    try {
      const { status, detail, remedy = null } = await ask()
      return { id, title, status, detail, remedy }
    } catch (error) {
      const { message, remedy } = explain(error)
      return { id, title, status: 'fail', detail: message, remedy }
    }
  }
}

async function engine(env: Environment, host: Host): Promise<Answer> {
  const ping = await pingEngine(env.DOCKER_HOST)
  const plan = planEngine({ ...host, ping, dockerHost: env.DOCKER_HOST, dockerd: host.has('dockerd') })
  if (plan.do === 'use') {
    const { dockerDriver } = await import('../../sandbox/docker.ts')
    return { status: 'ok', detail: `version ${await dockerDriver().version()}` }
  }
  if (plan.do === 'refuse') return { status: 'fail', detail: plan.message, remedy: plan.remedy }
  return { status: 'fail', detail: 'none answers', remedy: `Run \`npm start\`: it will ${plan.do} it.` }
}

function tun(host: Host): Answer {
  if (host.exists('/dev/net/tun')) return { status: 'ok', detail: '/dev/net/tun' }
  const remedy = host.root
    ? 'Run `npm start`: it loads the module.'
    : 'Run `sudo modprobe tun`; inside a container, start it with `--device /dev/net/tun`.'
  return { status: 'fail', detail: '/dev/net/tun is missing', remedy }
}

function disk(env: Environment, host: Host): Answer {
  const needed =
    openHome(env.RINGSIDE_HOME).mark('sandboxes') === null ? diskNeeds.firstSetUpMb : diskNeeds.laterMb
  const { ok, message, remedy } = diskRoom(host, [repository, env.RINGSIDE_HOME, '/var/lib/docker'], needed)
  return { status: ok ? 'ok' : 'fail', detail: message, remedy }
}

function memory(host: Host): Answer {
  const { ok, message, remedy } = memoryRoom(host)
  const comfortable = host.availableMemoryMb() >= memoryNeeds.comfortableMb
  return { status: ok ? (comfortable ? 'ok' : 'warn') : 'fail', detail: message, remedy }
}

async function ports(env: Environment): Promise<Answer> {
  const needs: PortNeed[] = [
    { variable: 'RINGSIDE_PORT', host: env.RINGSIDE_HOST, port: env.RINGSIDE_PORT },
    { variable: 'RINGSIDE_SERVICE_PORT', host: '127.0.0.1', port: env.RINGSIDE_SERVICE_PORT },
  ]
  const holder = runningHolder(join(env.RINGSIDE_HOME, 'up.lock'))
  if (holder) return { status: 'ok', detail: `Ringside runs at ${holder.address}` }
  for (const need of needs) {
    const problem = await portProblem(need)
    if (problem) return { status: 'fail', detail: problem.message, remedy: problem.remedy }
  }
  return { status: 'ok', detail: `${needs.map(({ port }) => port).join(' and ')} are free` }
}

async function pool(env: Environment): Promise<Answer> {
  const state = await runningPool(env)
  if (!state) return { status: 'ok', detail: 'no service runs here' }
  const wanted = state.profiles.reduce((total, { target }) => total + target, 0)
  const ready = state.profiles.reduce((total, one) => total + Math.min(one.target, one.ready), 0)
  const detail = `${ready} of ${wanted} machines are ready`
  const trouble = state.profiles.find(({ target, ready, lastError }) => ready < target && lastError)
  return trouble
    ? {
        status: 'warn',
        detail: `${detail}; ${trouble.lastError}`,
        remedy: 'Starts work meanwhile, only slower; `ringside pool` shows when it is full again.',
      }
    : { status: 'ok', detail }
}

/** An embedded database that exists is started for the look, and stopped again unless somebody uses it. */
async function database(env: Environment): Promise<Answer> {
  const embedded = join(env.RINGSIDE_HOME, 'postgres')
  if (!env.DATABASE_URL && !existsSync(embedded))
    return { status: 'warn', detail: 'not created yet', remedy: 'Run `npm start`: it creates the database.' }
  const { ensureDatabase } = await import('../../classroom/postgres.ts')
  const { url, stop } = await ensureDatabase({ home: env.RINGSIDE_HOME, databaseUrl: env.DATABASE_URL })
  await stop()
  const { hostname, port, pathname } = new URL(url)
  const where = `${hostname}${port ? `:${port}` : ''}${pathname}`
  return { status: 'ok', detail: `${env.DATABASE_URL ? '' : 'embedded PostgreSQL, '}${where}` }
}
