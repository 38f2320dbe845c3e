/**
 * The lab slow-accept: too few threads for the time that each of them waits for another service. Puts its parts together.
 */
import { InfrastructureError } from '../../grader/guest.ts'
import { diagnosisCriteria } from '../diagnosis.ts'
import { defineLab } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { brokenBaseline, judge } from './checks.ts'
import { collect, poolOf, upstreamPort } from './evidence.ts'
import { backgroundEveryMs, backgroundPlan, probePlan } from './load.ts'
import { type Variant, variantOf } from './variant.ts'

export default defineLab<Variant, Evidence>({
  meta: {
    id: 'slow-accept',
    title: 'The quick page that waits for the slow one',
    chapter: 'userspace',
    stage: 'puma',
    minutes: 30,
    difficulty: 'steady',
    objectives: [
      'Tell a queue that is too short from one that nobody empties',
      'Find out what the threads of a running server are doing, without its help',
      'Compute how many requests are in work at once from how many come and how long each takes',
      'Find which of several files a running process has its settings from',
    ],
  },
  criteria: [
    { id: 'broken', kind: 'baseline', title: 'The clients suffered', maxPoints: 0 },
    ...diagnosisCriteria,
    { id: 'pool', kind: 'repair', title: 'The cause is mended', maxPoints: 15 },
    { id: 'durable', kind: 'repair', title: 'Survives a restart', maxPoints: 5 },
    { id: 'served', kind: 'behaviour', title: 'Every client is served in time', maxPoints: 35 },
    { id: 'app', kind: 'collateral', title: 'Puma and the shop are unharmed', maxPoints: 10 },
    { id: 'prices', kind: 'collateral', title: 'Prices are of this second', maxPoints: 5 },
  ],
  variant: variantOf,
  causes: ({ cause, threads }) => [cause, `${threads} threads`],
  machine: ({ threads }) => ({ nic: 'vmxnet3', vcpus: 2, memoryMb: 256, prepare: prepareWith(threads) }),
  env: ({ cause, threads, decoy, remark }) => ({
    LAB_CAUSE: cause,
    LAB_DECOY: `${decoy}`,
    LAB_REMARK: remark,
    LAB_THREADS: `${threads}`,
  }),
  surroundings: ({ delayMs }) => ({ upstream: { port: upstreamPort, delayMs } }),
  background: (variant, seed) => ({ everyMs: backgroundEveryMs, plan: backgroundPlan(variant, seed) }),
  async verifyBroken({ world }, variant) {
    const { threads, delayMs } = variant
    // On a busy host, or just restored, the pages may not have got to the price service yet: then once more, with more time. An item that is
    // given longer than one answer of that service takes may well be served.
    for (const patienceMs of [300, 700, 2_500, 8_000]) {
      const { results } = await world.load(probePlan(variant, patienceMs))
      const { upstream } = await world.stats()
      const waited = patienceMs > delayMs || results.at(-1)?.outcome !== 'ok'
      if (upstream.mostOpen > threads) break
      if (upstream.mostOpen === threads && waited) return
    }
    throw new InfrastructureError(
      'The machine was set up, but its quick pages do not wait for its slow ones.',
    )
  },
  collect,
  brokenBaseline,
  judge,
  referenceAnswers: (before) => ({
    stage: 'puma',
    counter: 'BusyThreads',
    value: poolOf(before).running,
    limit: poolOf(before).running,
    why: 'All threads of Puma wait for the price service; whoever comes then waits in the accept queue, whatever page is asked for.',
  }),
})

/**
 * Puma with few threads, since a restart takes seconds, asking the price service, which a machine that is being prepared has not got yet, and without an answer of it the
 * template would not be found in order. So the machine has that address itself until it has answered once. The front page is made lighter: this
 * lab is about waiting, and under emulation rendering costs more than it should.
 */
const prepareWith = (threads: number): string => `set -e
mkdir -p /etc/systemd/system/puma.service.d
printf '# What differs on this host.\\n[Service]\\nEnvironmentFile=-/etc/default/puma-local\\n' >/etc/systemd/system/puma.service.d/local.conf
sed -i 's/^SHOP_UPSTREAM=.*/SHOP_UPSTREAM=198.18.0.1:${upstreamPort}/; s/^SHOP_RENDER_ROUNDS=.*/SHOP_RENDER_ROUNDS=1/' /etc/default/shop
sed -i 's/^PUMA_THREADS=.*/PUMA_THREADS=${threads}/' /etc/default/puma
ip address add 198.18.0.1/32 dev lo
setsid ruby --disable=gems -rsocket -e '
  server = TCPServer.new("198.18.0.1", ${upstreamPort})
  client = server.accept
  client.readpartial(4096)
  client.write("HTTP/1.1 200 OK\\r\\nContent-Length: 3\\r\\nConnection: close\\r\\n\\r\\n{}\\n")
  exec("ip", "address", "delete", "198.18.0.1/32", "dev", "lo")' </dev/null >/dev/null 2>&1 &
systemctl daemon-reload
systemctl restart puma
`
