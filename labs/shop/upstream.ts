/**
 * The shop with a price service, which is the world's: the machine that asks it, what the service has seen of a load, and the criterion that
 * each front page has asked. Knows no single lab.
 */
import type { WorldStats } from '../../grader/guest.ts'
import { sectionsOf } from '../reading/sections.ts'
import type { Finding, Machine, Sandbox } from '../schema.ts'
import { clientsOf } from './clients.ts'
import { failed, harmless } from './criteria.ts'
import { type Collection, collectShop, type Evidence } from './evidence.ts'

export const upstreamPort = 8080

/**
 * A machine that is being prepared has no price service yet, and Puma has to answer `/` before it is saved. So the machine has the service's
 * address itself until it has answered once. The front page is made lighter: under emulation rendering costs more than it should.
 */
export const upstreamMachine: Machine = {
  nic: 'vmxnet3',
  vcpus: 2,
  memoryMb: 256,
  prepare: `set -e
sed -i 's/^SHOP_UPSTREAM=.*/SHOP_UPSTREAM=198.18.0.1:${upstreamPort}/; s/^SHOP_RENDER_ROUNDS=.*/SHOP_RENDER_ROUNDS=1/' /etc/default/shop
ip address add 198.18.0.1/32 dev lo
setsid ruby --disable=gems -rsocket -e '
  server = TCPServer.new("198.18.0.1", ${upstreamPort})
  client = server.accept
  client.readpartial(4096)
  client.write("HTTP/1.1 200 OK\\r\\nContent-Length: 3\\r\\nConnection: close\\r\\n\\r\\n{}\\n")
  exec("ip", "address", "delete", "198.18.0.1/32", "dev", "lo")' </dev/null >/dev/null 2>&1 &
systemctl restart puma
`,
}

/** The shop's collection, and then what the price service saw meanwhile. */
export async function collectWithUpstream(sandbox: Sandbox, collection: Collection): Promise<Evidence> {
  const before = await sandbox.world.stats()
  const evidence = await collectShop(sandbox, collection)
  const after = await sandbox.world.stats()
  // Last, since of two sections with one name the last one counts: the guest cannot speak for the world.
  return { ...evidence, counters: evidence.counters + told(before, after) }
}

const told = ({ upstream: before }: WorldStats, { upstream: after }: WorldStats): string =>
  `@@ world\n${after.accepted - before.accepted} ${after.requests - before.requests} ${after.mostOpen}\n`

/** Connections and questions during the load, and the most connections at once since the machine began. */
export interface Upstream {
  accepted: number
  asked: number
  mostOpen: number
}

export function upstreamOf({ counters }: Evidence): Upstream {
  const [accepted = 0, asked = 0, mostOpen = 0] = (sectionsOf(counters).world ?? '').split(' ').map(Number)
  return { accepted, asked, mostOpen }
}

/** Front pages that were answered truly. */
function pagesOf(evidence: Evidence): number {
  const isPage = evidence.asked.map(({ path }) => path === '/')
  return clientsOf({
    ...evidence,
    asked: evidence.asked.filter((_, i) => isPage[i]),
    load: { ...evidence.load, results: evidence.load.results.filter((_, i) => isPage[i]) },
  }).served
}

/** The shop's prices are of this second: who sees a front page has caused a question to the price service. */
export function judgePrices(before: Evidence, after: Evidence, served: boolean): Finding {
  const { asked } = upstreamOf(after)
  const pages = pagesOf(after)
  const evidence = [
    { label: 'Front pages answered', before: `${pagesOf(before)}`, after: `${pages}` },
    { label: 'Questions to the price service', before: `${upstreamOf(before).asked}`, after: `${asked}` },
  ]
  return asked < pages
    ? failed(`${pages} front pages were answered, and the price service was asked ${asked} times.`, evidence)
    : harmless('Each front page has asked for its prices.', evidence, served)
}
