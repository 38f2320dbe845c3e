/**
 * The gradebook of a large cohort: opening it, a page in its middle, its filters, and all of it as CSV; beside it the grades of one page read by the plainest
 * query. Fills a database of its own and drops it; knows no page.
 */
import { createClassroom, type Person } from '../../classroom/index.ts'
import { migrate } from '../../classroom/migrate.ts'
import { withClient } from '../../classroom/postgres/connection.ts'
import { ensureDatabase } from '../../classroom/postgres.ts'
import { sandboxClient } from '../../sandbox/client.ts'
import { readEnvironment } from '../environment.ts'
import { say } from '../output.ts'
import { type BenchOptions, figure, median, percentile, type Report, report, timed } from './figures.ts'
import { fillLargeCohort, labsOfLarge, largeCohort } from './large-cohort.ts'

const rounds = 20

export async function benchGradebook({ count = 5_000 }: BenchOptions): Promise<Report> {
  await using database = await ownDatabase()
  const secret = 'only for this bench, thirty-two bytes'
  const sandboxes = sandboxClient({ url: 'http://127.0.0.1:9', secret })
  const classroom = createClassroom({
    databaseUrl: database.url,
    sandboxes,
    secret,
    ownerToken: secret,
    labs: [],
  })
  try {
    const signedIn = await classroom.signIn(secret)
    if (!signedIn) throw new Error('The owner of the bench cannot sign in.')
    const { person } = signedIn
    say(`  filling: ${count} learners, ${labsOfLarge} labs`)
    await withClient(database.url, (client) => fillLargeCohort(client, count))
    const open = await repeated(() => classroom.gradebook(person, largeCohort))
    const page = await middle(person, count)
    const filtered = await repeated(() => classroom.gradebook(person, largeCohort, { state: 'error' }))
    const unstarted = await repeated(() => classroom.gradebook(person, largeCohort, { state: 'not_started' }))
    const csv = await timed(async () => {
      for await (const _ of await classroom.gradebookCsv(person, largeCohort));
    })
    const plain = await withClient(database.url, (client) => repeated(() => client.query(onePage)))
    return report(
      'gradebook',
      [
        figure({ id: 'gradebook.open.p50', value: median(open), unit: 'ms', reference: median(plain) }),
        figure({ id: 'gradebook.open.p95', value: percentile(open, 0.95), unit: 'ms', goal: 300 }),
        figure({ id: 'gradebook.page.p95', value: percentile(page, 0.95), unit: 'ms' }),
        figure({ id: 'gradebook.error.p95', value: percentile(filtered, 0.95), unit: 'ms' }),
        figure({ id: 'gradebook.not-started.p95', value: percentile(unstarted, 0.95), unit: 'ms' }),
        figure({ id: 'gradebook.csv', value: csv, unit: 'ms' }),
      ],
      'no machine',
    )
  } finally {
    await classroom.close()
  }

  /** Half-way down: what a cursor spares is what comes before it. */
  async function middle(person: Person, learners: number): Promise<number[]> {
    let cursor: string | null = null
    for (let seen = 0; seen < learners / 2; ) {
      const { rows, next } = await classroom.gradebook(person, largeCohort, {}, cursor ?? undefined)
      seen += rows.length
      if (next === null) break
      cursor = next
    }
    return repeated(() => classroom.gradebook(person, largeCohort, {}, cursor ?? undefined))
  }
}

/** Beside the course's own, on the same server. */
async function ownDatabase(): Promise<AsyncDisposable & { url: string }> {
  const { RINGSIDE_HOME: home, DATABASE_URL: databaseUrl } = readEnvironment()
  const server = await ensureDatabase({ home, databaseUrl })
  const name = `bench-${process.pid}`
  await withClient(server.url, (client) => client.query(`CREATE DATABASE "${name}"`))
  const url = new URL(server.url)
  url.pathname = `/${name}`
  await migrate(url.href)
  return {
    url: url.href,
    async [Symbol.asyncDispose]() {
      await withClient(server.url, (client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`))
      await server.stop()
    },
  }
}

/** The first one warms up and is not counted. */
async function repeated(work: () => Promise<unknown>): Promise<number[]> {
  await work()
  const times: number[] = []
  for (let round = 0; round < rounds; round++) times.push(await timed(work))
  return times
}

const onePage = `SELECT * FROM "Grade" WHERE "personId" IN (SELECT "id" FROM "Person" ORDER BY "name" LIMIT 100)`
