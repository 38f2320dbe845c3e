import { inLabRoom, openCatalog } from '../cli/lab-room.ts'
import { lineOf, downloadsOf, idleShareOf } from '../labs/bufferbloat/evidence.ts'
import { paceOf } from '../labs/bufferbloat/pace.ts'
await inLabRoom(async (room) => {
  const lab = (await openCatalog()).get('bufferbloat')
  for (const seed of [1, 2]) {
    const m = await room.sandboxes.start({ lab, seed, owner: 'cli:bl', lingerSeconds: 60 } as any)
    const variant: any = lab.lab.variant(seed)
    console.error('seed', seed, JSON.stringify(variant))
    for (let i = 0; i < 4; i++) {
      const e: any = await lab.lab.collect(m as any, variant, seed)
      const p = paceOf(e), l = lineOf(e), d: any = downloadsOf(e)
      console.error(JSON.stringify({ host: e.load.host, stateMs: e.stateMs, idleShare: idleShareOf(e), idle: [p.idle.connectMs, p.idle.totalMs], loaded: [p.loaded.connectMs, p.loaded.totalMs, p.loaded.answered], most: l.most, samples: l.samples.map((s: any) => s.packets), downloads: d, broken: lab.lab.brokenBaseline(e, variant) }))
      const dl = e.load.results.map((r: any, i: number) => ({ at: e.asked[i].atMs, path: e.asked[i].path, c: Math.round(r.connectUs / 1000), f: Math.round(r.firstByteUs / 1000), b: r.bytes, o: r.outcome })).filter((x: any) => x.path.includes('photos'))
      if (i === 0) console.error(dl.map((x: any) => `${x.at}:${x.c}/${x.f}/${x.b}${x.o[0]}`).join(' '))
    }
    await m.dispose()
  }
})
