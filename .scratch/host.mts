import { spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { inLabRoom, openCatalog } from '../cli/lab-room.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
const labs = process.argv.slice(2)
await inLabRoom(async (room) => {
  for (const id of labs) {
    const lab = (await openCatalog()).get(id)
    const m = await room.sandboxes.start({ lab, seed: 1, owner: 'cli:host', lingerSeconds: 60 } as any)
    await m.baseline()
    await m.runScript(readFileSync(join(lab.path ?? (lab as any).folder, 'solve.sh'), 'utf8'))
    for (const n of [0, 1, 2, 3, 4, 6, 10, 16]) {
      const burners = Array.from({ length: n }, () => spawn('sh', ['-c', 'while :; do :; done'], { stdio: 'ignore' }))
      await pause(500)
      const began = performance.now()
      try {
        const r = await m.check('auto')
        const a = r.after as any
        const bad = r.verdict.criteria.filter((c: any) => c.status !== 'pass').map((c: any) => `${c.id}:${c.status} ${c.feedback.slice(0, 90)}`)
        console.error(id, 'burners', n, 'left', a.load.host?.left, 'stateMs', a.stateMs, 'check', Math.round(performance.now() - began), r.verdict.status, bad.join(' | '))
      } catch (e: any) { console.error(id, n, 'threw', e.message) }
      for (const b of burners) b.kill('SIGKILL')
    }
    await m.dispose()
  }
})
