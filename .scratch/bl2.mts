import { inLabRoom, openCatalog } from '../cli/lab-room.ts'
import { quietPlan } from '../labs/bufferbloat/load.ts'
await inLabRoom(async (room) => {
  const lab = (await openCatalog()).get('bufferbloat')
  for (const late of [true, false]) {
    const m = await room.sandboxes.start({ lab, seed: 1, owner: 'cli:bl', lingerSeconds: 60, lateTraffic: late } as any)
    const t0 = performance.now()
    for (let i = 0; i < 10; i++) {
      const { results } = await m.world.load(quietPlan(lab.lab.variant(1) as any, 1))
      const g = i % 3 === 0 ? (await m.guest.run("ss -Htn 'sport = :80' | awk '{print $1,$3,$5}' | sort | uniq -c | sort -rn | head -30; tc -s qdisc show dev eth0 | grep -i backlog")).stdout.replace(/\n/g, ' ; ') : ''
      console.error(late, Math.round(performance.now() - t0), results.map((r: any) => `${Math.round(r.connectUs / 1000)}/${Math.round(r.totalUs / 1000)}${r.outcome[0]}`).join(' '), g)
    }
    await m.dispose()
  }
})
