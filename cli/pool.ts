/**
 * `ringside pool`: what the running service keeps ready, and seats reserved ahead. Knows the service's address and secret, no machine.
 */
import { type Command, InvalidArgumentError } from 'commander'
import { type SandboxClient, ServiceError, sandboxClient } from '../sandbox/client.ts'
import type { PoolState, Reservation } from '../sandbox/protocol/pool.ts'
import { parseCount, runs } from './command.ts'
import { type Environment, readEnvironment } from './environment.ts'
import { openHome } from './home.ts'
import { type ExitCode, print, printJson, table } from './output.ts'

export function addPool(program: Command): void {
  const pool = program
    .command('pool')
    .description('machines that are kept ready by the Ringside that runs here')
  const show = pool
    .command('show', { isDefault: true })
    .description('how many of each kind of machine are wanted and ready, what is reserved, which starts wait')
  runs<{ json?: boolean }, []>(show, async ({ json }) => {
    const state = await client().pool()
    if (json) printJson(state)
    else print(poolText(state))
    return 0
  })
  const reserve = pool
    .command('reserve')
    .description('keeps machines ready for so many starts of a lab')
    .argument('<lab>', 'as in `lab list`')
    .argument('<seats>', 'how many', parseCount)
    .requiredOption(
      '--until <time>',
      'such as 2026-12-01T12:00+01:00, or a number of minutes from now',
      parseUntil,
    )
    .option(
      '--warm-by <time>',
      'when they are to be ready, in the same form; at once when left out',
      parseUntil,
    )
  runs<{ json?: boolean; until: string; warmBy?: string }, [string, number]>(reserve, (lab, seats, options) =>
    told(options, client().reserve({ lab, seats, until: options.until, warmBy: options.warmBy })),
  )
  const cancel = pool
    .command('cancel')
    .description('gives a reservation up')
    .argument('<id>', 'as `pool` shows it')
  runs<{ json?: boolean }, [string]>(cancel, async (id, { json }) => {
    await client().cancelReservation(id)
    if (json) printJson({ cancelled: id })
    else print('Cancelled.')
    return 0
  })
}

/** The doctor's question too: null when no service runs here. */
export async function runningPool(env: Environment): Promise<PoolState | null> {
  return client(env)
    .pool()
    .catch((error) => {
      if (error instanceof ServiceError && error.problem.code === 'service-unavailable') return null
      throw error
    })
}

function client(env = readEnvironment()): SandboxClient {
  const { service: secret } = openHome(env.RINGSIDE_HOME).secrets()
  return sandboxClient({ url: `http://127.0.0.1:${env.RINGSIDE_SERVICE_PORT}`, secret })
}

async function told({ json }: { json?: boolean }, made: Promise<Reservation>): Promise<ExitCode> {
  const reservation = await made
  if (json) printJson(reservation)
  else print(`Reserved: ${reservationText(reservation)}`)
  return 0
}

export function poolText({ profiles, reservations, starts }: PoolState): string {
  const shown = profiles.filter(
    ({ target, ready, warming, handedOut, lastError }) =>
      [target, ready, warming, handedOut].some((count) => count > 0) || lastError !== null,
  )
  const head = ['wanted', 'ready', 'in the making', 'handed out', 'machine', 'for']
  const rows = shown.map(({ target, ready, warming, handedOut, nic, vcpus, memoryMb, labs }) => [
    ...[target, ready, warming, handedOut].map(String),
    `${nic}, ${vcpus} processors, ${memoryMb} MB`,
    labs.join(', '),
  ])
  return [
    shown.length > 0 ? table([head, ...rows]) : 'No machine is kept ready.',
    ...shown.flatMap(({ lastError, labs }) =>
      lastError ? [`Last trouble (${labs[0] ?? 'another kind'}): ${lastError}`] : [],
    ),
    ...(reservations.length > 0
      ? ['', 'Reserved:', ...reservations.map((one) => `  ${reservationText(one)}`)]
      : []),
    ...(starts.waiting > 0 ? ['', `Starts: ${starts.underWay} under way, ${starts.waiting} wait`] : []),
  ].join('\n')
}

const reservationText = ({ id, lab, seats, taken, warmBy, until }: Reservation): string =>
  `${seats} seats of ${lab}${warmBy ? `, ready by ${warmBy},` : ''} until ${until}, ${taken} taken (${id})`

export function parseUntil(text: string): string {
  const minutes = /^\d{1,5}$/.test(text) ? Number(text) : null
  const time = minutes === null ? Date.parse(text) : Date.now() + minutes * 60_000
  if (Number.isNaN(time)) throw new InvalidArgumentError('Should be a time, or a number of minutes from now.')
  return new Date(time).toISOString()
}
