/** What a learner can rely on when saving and going back, and what everybody who watches is told. The link is a fake one: no machine. */
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type KeptMoment, type Link, LinkError } from '../link.ts'
import { type Rewind, typedStart } from '../protocol/status.ts'
import { type MomentEvent, Moments } from './moments.ts'

test('a moment that was saved is in the list, oldest first, and its time is told to who records', async () => {
  const { moments, events, rewinds } = await bench()
  await moments.save('one')
  await moments.save('two')
  expect(moments.rewind.moments.map(({ kind, name }) => [kind, name])).toEqual([
    ['start', ''],
    ['saved', 'one'],
    ['saved', 'two'],
  ])
  expect(events.map(({ kind, moment }) => [kind, moment.name])).toEqual([
    ['saved', 'one'],
    ['saved', 'two'],
  ])
  expect(rewinds.map(({ busy }) => busy)).toContain('saving')
  expect(moments.rewind.busy).toBeNull()
})

test('what was typed is unsaved until it is saved or left behind', async () => {
  const { moments } = await bench()
  expect(moments.rewind.unsaved).toBe(false)
  moments.touched()
  expect(moments.rewind.unsaved).toBe(true)
  await moments.save('one')
  expect(moments.rewind.unsaved).toBe(false)
  moments.touched()
  await moments.backTo(1, null)
  expect(moments.rewind.unsaved).toBe(false)
})

test('the present can be saved on the way back', async () => {
  const { moments, asked } = await bench()
  await moments.backTo(1, 'as I left it')
  expect(asked).toEqual(['save start', 'save as I left it', 'back 1'])
  expect(moments.rewind.moments.map(({ name }) => name)).toEqual(['', 'as I left it'])
})

test('when the present cannot be saved nothing is left behind', async () => {
  const { moments, asked, faults } = await bench()
  faults.save = new LinkError('moment-save: there is no room for another moment')
  await expect(moments.backTo(1, 'as I left it')).rejects.toMatchObject({
    problem: {
      code: 'not-saved',
      message:
        'This moment was not saved: there is no room for another moment. The machine runs on as it was.',
      remedy: 'Delete a moment that you no longer need.',
    },
  })
  expect(asked).not.toContain('back 1')
  expect(moments.rewind.busy).toBeNull()
})

test('five are kept beside the start; a deleted one makes room, and the start cannot be deleted', async () => {
  const { moments } = await bench()
  for (let i = 0; i < 5; i++) await moments.save(String(i))
  await expect(moments.save('six')).rejects.toMatchObject({ problem: { code: 'too-many-moments' } })
  await expect(moments.drop(1)).rejects.toMatchObject({ problem: { code: 'start-stays' } })
  await moments.drop(3)
  await moments.save('six')
  await expect(moments.drop(3)).rejects.toMatchObject({ status: 409, problem: { code: 'no-moment' } })
})

test('a check and the before-figures are not turned back under way', async () => {
  const { moments, machine } = await bench()
  machine.occupied = 'check'
  await expect(moments.save('one')).rejects.toMatchObject({ problem: { code: 'checking' } })
  await expect(moments.backTo(1, null)).rejects.toMatchObject({ problem: { code: 'checking' } })
  machine.occupied = 'baseline'
  await expect(moments.save('one')).rejects.toMatchObject({ problem: { code: 'measuring' } })
})

test('one thing at a time, and no check meanwhile', async () => {
  const { moments } = await bench()
  const saving = moments.save('one')
  expect(() => moments.refuseWhileBusy()).toThrow('A moment is being saved.')
  await expect(moments.backTo(1, null)).rejects.toMatchObject({ problem: { code: 'saving' } })
  await saving
  moments.refuseWhileBusy()
})

test('the start is kept a little later when the machine is too busy at first', async () => {
  const { moments } = await bench({ startFails: 1 })
  expect(moments.rewind).toMatchObject({ moments: [{ kind: 'start', name: '' }], unsaved: false })
})

test('a start before which something was typed says so, and what was typed is unsaved', async () => {
  const { moments } = await bench({ startFails: 1, typed: true })
  expect(moments.rewind).toMatchObject({ moments: [{ kind: 'start', name: typedStart }], unsaved: true })
})

test('a key that comes while the start is being kept makes it one that says so', async () => {
  const { options, link, hold } = await bench()
  await link.dropMoment(1)
  const moments = new Moments(options)
  const go = hold(0)
  const adopted = moments.adopt(link, true)
  await setImmediate()
  moments.touched()
  go()
  await adopted
  expect(moments.rewind).toMatchObject({ moments: [{ kind: 'start', name: typedStart }], unsaved: true })
})

test('what is typed while a moment is being saved is unsaved, as is everything when that fails', async () => {
  const { moments, hold, faults } = await bench()
  moments.touched()
  const go = hold(0)
  const saved = moments.save('one')
  await setImmediate()
  moments.touched()
  go()
  await saved
  expect(moments.rewind.unsaved).toBe(true)
  faults.save = new LinkError('moment-save: no room')
  await expect(moments.save('two')).rejects.toThrow()
  expect(moments.rewind.unsaved).toBe(true)
})

test('a machine that was found again has its moments, no new start, and work that may be unsaved', async () => {
  const { link, asked } = await bench()
  const moments = new Moments({ ...(await bench()).options, link: () => link })
  await moments.adopt(link, false)
  expect(moments.rewind).toMatchObject({ moments: [{ id: 1, kind: 'start' }], unsaved: true })
  expect(asked).toEqual(['save start'])
})

test.each([
  ['is being kept', 0],
  ['could not be kept yet', 1],
])(
  'a machine that becomes another one while its start %s has no moment of what it was',
  async (_when, startFails) => {
    const { options, link, asked, hold } = await bench()
    const moments = new Moments(options)
    await moments.dropAll(link)
    asked.length = 0
    const go = hold(startFails)
    const adopted = moments.adopt(link, true)
    await setImmediate()
    const began = performance.now()
    const dropped = moments.dropAll(link)
    await setImmediate()
    go()
    await Promise.all([adopted, dropped])
    expect(await link.moments()).toEqual([])
    expect(moments.rewind.moments).toEqual([])
    // Nor is it tried again later, and nobody waits for that.
    expect(asked).toEqual(startFails ? [] : ['save start'])
    expect(performance.now() - began).toBeLessThan(1000)
    await moments.adopt(link, true)
    expect(moments.rewind.moments).toMatchObject([{ kind: 'start' }])
  },
)

test('where it is not allowed nothing is kept and nothing goes back', async () => {
  const { options, link } = await bench()
  const moments = new Moments({ ...options, allowed: false })
  await moments.adopt(link, true)
  expect(moments.rewind).toMatchObject({ allowed: false, moments: [] })
  await expect(moments.save('one')).rejects.toMatchObject({ problem: { code: 'no-rewind' } })
  await expect(moments.backTo(1, null)).rejects.toMatchObject({ problem: { code: 'no-rewind' } })
})

async function bench({ startFails = 0, typed = false } = {}) {
  const asked: string[] = []
  const rewinds: Rewind[] = []
  const events: MomentEvent[] = []
  const faults: { save: LinkError | null } = { save: null }
  const machine: { occupied: 'check' | 'baseline' | null } = { occupied: null }
  const kept: KeptMoment[] = []
  let last = 0
  let failures = startFails
  let held: Promise<void> | null = null
  const link = {
    async saveMoment(label: string, { start = false } = {}) {
      if (faults.save) throw faults.save
      if (failures-- > 0) throw new LinkError('moment-save: the server is too busy')
      await held
      asked.push(`save ${start ? 'start' : label}`)
      kept.unshift({ id: ++last, start, at: new Date(), bytes: 1, label })
      return { id: last, bytes: 1, stoodMs: 20 }
    },
    backTo: async (id: number) => void asked.push(`back ${id}`),
    async dropMoment(id: number) {
      kept.splice(
        kept.findIndex((one) => one.id === id),
        1,
      )
    },
    moments: async () => [...kept],
  } as unknown as Link
  const options = {
    allowed: true,
    link: () => link,
    occupied: () => machine.occupied,
    change: (rewind: Rewind) => void rewinds.push(rewind),
    log: () => {},
  }
  const moments = new Moments(options)
  moments.hear((event) => events.push(event))
  if (typed) moments.touched()
  await moments.adopt(link, true)
  /** From now on a save takes until the returned function is called, after so many that fail. */
  const hold = (fails: number) => {
    failures = fails
    let go = () => {}
    held = new Promise((resolve) => {
      go = resolve
    })
    return () => go()
  }
  return { moments, options, link, asked, rewinds, events, faults, machine, hold }
}
