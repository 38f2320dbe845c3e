import { openCatalog } from './labs/catalog.ts'
import { scriptsAt } from './labs/scripts.ts'
import { judgeAgain } from './grader/grade.ts'
import { recordingsOf } from './labs/shop/recorded.ts'
import { lineOf, visitsOf, downloadsOf } from './labs/bufferbloat/evidence.ts'
const folder = (await openCatalog()).get('bufferbloat'), lab = folder.lab
const { names, recorded } = recordingsOf(folder.folder)
const only = process.argv[2]
let bad = 0
for (const name of names) {
  if (only && name !== only) continue
  const seed = Number(name.split('-')[0]), own = name.replace(/^\d+-/, '')
  const after = recorded(name), before = recorded(`${seed}-broken`)
  const answers = own === 'broken' ? null : lab.referenceAnswers(before, lab.variant(seed))
  const v = judgeAgain({ lab, seed, before, after, answers } as any)
  const fails = scriptsAt(folder, seed).wrongs.find((w) => w.name === `wrong/${own}.sh`)?.fails
  const c = Object.fromEntries(v.criteria.map((x: any) => [x.id, x.status[0] + x.points]))
  const ok = own === 'broken' ? v.status === 'fail' && v.score === 0 : own.startsWith('solve') ? v.status === 'pass' && v.score === 100 : v.status === 'fail' && v.criteria.find((x: any) => x.id === fails)?.status === 'fail' && !v.criteria.some((x: any) => x.status === 'error')
  const quiet = after.stateMs < 2000
  if (!ok || !quiet) bad++
  const i = visitsOf(after, 'idle'), l = visitsOf(after, 'loaded'), d = downloadsOf(after), q = lineOf(after)
  const drops = q.queue && q.samples[0] ? q.queue.dropped - q.samples[0].dropped : '?'
  console.log(ok ? (quiet ? 'OK ' : 'ok~') : 'BAD', name.padEnd(20), v.status, v.score, 'state', after.stateMs, '| connect', i.connectMs, l.connectMs, '| total', i.totalMs, l.totalMs, `| ${l.answered}/${l.all}`, '|', d.mbit.toFixed(2), `${d.begun}/${d.all}`, '| most', q.most, 'dropped', drops, JSON.stringify({ queue: c.queue, durable: c.durable, prompt: c.prompt, app: c.app, contract: c.contract }))
}
process.exit(bad ? 1 : 0)
