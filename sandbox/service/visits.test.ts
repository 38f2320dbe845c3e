/** Who may type at a machine that is not theirs, in every order in which the two sides can act. No socket and no machine. */
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type HostPage, type VisitNote, type Visitor, type VisitorPage, Visits } from './visits.ts'

const visitor = (person: string, more: Partial<Visitor> = {}): Visitor => ({
  person,
  name: person.toUpperCase(),
  cohort: '0197f7b0-0000-7000-8000-000000000001',
  as: 'staff',
  asks: true,
  ...more,
})
const [ada, eve] = [visitor('ada'), visitor('eve')]

function house({ awake = true, keeps = true } = {}) {
  const notes: string[] = []
  const state = { awake, keeps }
  const visits = new Visits({
    obstacle: () => (state.awake ? null : 'machine'),
    note: async ({ name }: Visitor, { event, ...more }: VisitNote) => {
      if (!state.keeps) throw new Error('the disk is full')
      notes.push([name, event, ...('by' in more ? [more.by] : [])].join(' '))
    },
    lingerMs: 20,
    unansweredMs: 40,
    againMs: 60,
  })
  const question = () => visits.view().help?.id ?? ''
  return { visits, notes, state, question }
}

/** Asked and allowed. */
async function helped() {
  const one = house()
  await one.visits.enter(ada)
  const [host, page] = [one.visits.host(), one.visits.page(ada)]
  expect(page.ask()).toBeNull()
  host.answer(one.question(), true)
  expect(one.visits.mayType('ada')).toBe(true)
  return { ...one, host, page }
}

test('the owner sees who looks from the first socket to the last, over a lost connection as one visit', async () => {
  const { visits, notes } = house()
  const leave = await visits.enter(ada)
  expect(visits.view().visitors).toMatchObject([{ name: 'ADA' }])
  leave()
  leave()
  const again = await visits.enter(ada)
  await delay(40)
  expect(visits.view().visitors).toHaveLength(1)
  again()
  await delay(40)
  expect(visits.view().visitors).toEqual([])
  expect(notes).toEqual(['ADA look.began', 'ADA look.ended'])
})

test('the owner is told before it is noted, and who cannot be noted does not look', async () => {
  const { visits, state } = house()
  state.keeps = false
  const told: number[] = []
  visits.watch(() => told.push(visits.view().visitors.length))
  const entering = visits.enter(ada)
  expect(visits.view().visitors).toHaveLength(1)
  await expect(entering).rejects.toThrow('the disk is full')
  expect(visits.view().visitors).toEqual([])
  expect(told).toEqual([1, 0])
})

test('members at a screen are counted, not named, noted nowhere, and may ask for nothing', async () => {
  const { visits, notes } = house()
  const member = visitor('grace', { as: 'member', asks: false })
  const sentAway: string[] = []
  const leave = await visits.enter(member, () => sentAway.push('terminal'))
  const second = await visits.enter(member, () => sentAway.push('watch'))
  visits.host()
  expect(visits.view()).toMatchObject({ visitors: [], members: 1 })
  expect(visits.page(member).ask()).toBe('not-here')
  visits.dismissMembers()
  expect(sentAway).toEqual(['terminal', 'watch'])
  leave()
  second()
  expect(visits.view().members).toBe(0)
  expect(notes).toEqual([])
})

test('who had the right before a screen was shown no more does not come with it afterwards, and staff does', async () => {
  const { visits } = house()
  const member = visitor('grace', { as: 'member', asks: false })
  const before = Date.now()
  visits.dismissMembers()
  await expect(visits.enter(member, undefined, before)).rejects.toThrow('It is not shown any more.')
  expect(visits.view().members).toBe(0)
  await visits.enter(ada, undefined, before)
  await delay(2)
  await visits.enter(member)
  expect(visits.view()).toMatchObject({ members: 1, visitors: [{ name: 'ADA' }] })
})

test('nobody types before the owner has said yes to this very question', async () => {
  const { visits, question } = house()
  const [host, page] = [visits.host(), visits.page(ada)]
  expect(visits.mayType('ada')).toBe(false)
  host.answer('0197f7b0-0000-7000-8000-000000000009', true)
  page.ask()
  const asked = question()
  expect(visits.mayType('ada')).toBe(false)
  expect(visits.view('ada').help?.yours).toBe(true)
  expect(visits.view('eve').help?.yours).toBe(false)
  // Taken back, and asked by somebody else: the yes that was on its way is for nobody.
  page.stop(asked)
  visits.page(eve).ask()
  host.answer(asked, true)
  expect([visits.mayType('ada'), visits.mayType('eve')]).toEqual([false, false])
  host.answer(question(), true)
  expect([visits.mayType('ada'), visits.mayType('eve')]).toEqual([false, true])
})

test('a hostile visitor gives nothing to themselves: what an owner says is no word of a visitor’s page', async () => {
  const { visits, question } = house()
  visits.host()
  const page = visits.page(ada)
  page.ask()
  expect(Object.keys(page).sort()).toEqual(['ask', 'leave', 'stop'])
  page.stop('0197f7b0-0000-7000-8000-000000000009')
  expect(question()).not.toBe('')
  expect(visits.mayType('ada')).toBe(false)
})

test('one asks or types at a time, and nobody ends what another one was given', async () => {
  const { visits, question } = await helped()
  const other = visits.page(eve)
  expect(other.ask()).toBe('taken')
  other.stop(question())
  other.leave()
  expect(visits.mayType('ada')).toBe(true)
  expect(visits.mayType('eve')).toBe(false)
})

test('who was refused may not ask again at once, and others may', async () => {
  const { visits, notes, question } = house()
  const [host, page] = [visits.host(), visits.page(ada)]
  page.ask()
  host.answer(question(), false)
  expect(visits.view().ended).toEqual({ name: 'ADA', by: 'refused' })
  expect(page.ask()).toBe('refused')
  expect(visits.page(ada).ask()).toBe('refused')
  expect(visits.page(eve).ask()).toBeNull()
  host.stop(question())
  await delay(80)
  expect(page.ask()).toBeNull()
  expect(notes.slice(0, 2)).toEqual(['ADA help.asked', 'ADA help.refused'])
})

test.each<[string, (one: { page: VisitorPage; id: string; host: HostPage }) => unknown]>([
  ['is taken back', ({ page, id }) => page.stop(id)],
  ['ends with the page that asked it', ({ page }) => page.leave()],
  ['is not answered', () => delay(50)],
  ['is put away', ({ host, id }) => host.stop(id)],
])('who has asked a question that %s may not ask again at once', async (_what, end) => {
  const { visits, question } = house()
  const [host, page] = [visits.host(), visits.page(ada)]
  page.ask()
  await end({ page, host, id: question() })
  expect(visits.view().help).toBeNull()
  expect(visits.page(ada).ask()).toBe('refused')
  expect(visits.page(eve).ask()).toBeNull()
  host.stop(question())
  await delay(80)
  expect(page.ask()).toBeNull()
})

test('who may ask again at once: whom the machine or the owner’s page has cut off, and who has typed', async () => {
  const { visits, question, state } = house()
  const page = visits.page(ada)
  const first = visits.host()
  page.ask()
  first.leave()
  const host = visits.host()
  expect(page.ask()).toBeNull()
  state.awake = false
  visits.look()
  state.awake = true
  expect(page.ask()).toBeNull()
  host.answer(question(), true)
  page.stop(question())
  expect(page.ask()).toBeNull()
})

test('nobody is asked who is not there, and nothing of a machine that sleeps', async () => {
  const { visits, state } = house()
  const page = visits.page(ada)
  expect(page.ask()).toBe('absent')
  visits.host()
  state.awake = false
  expect(page.ask()).toBe('machine')
})

test('a question that nobody answers goes away, and yes is too late then', async () => {
  const { visits, notes, question } = house()
  const host = visits.host()
  visits.page(ada).ask()
  const asked = question()
  await delay(70)
  host.answer(asked, true)
  expect(visits.mayType('ada')).toBe(false)
  expect(notes).toEqual(['ADA help.asked', 'ADA help.ended unanswered'])
})

type Ending = (one: {
  visits: Visits
  host: HostPage
  page: VisitorPage
  id: string
  state: { awake: boolean }
}) => void
const endings: [string, string, Ending][] = [
  ['the owner', 'owner', ({ host, id }) => host.stop(id)],
  ['the visitor', 'visitor', ({ page, id }) => page.stop(id)],
  ['the owner’s last page closing', 'owner-away', ({ host }) => host.leave()],
  ['the visitor’s page closing', 'visitor-away', ({ page }) => page.leave()],
  [
    'the machine falling asleep',
    'machine',
    ({ visits, state }) => {
      state.awake = false
      visits.look()
    },
  ],
  ['a reset', 'machine', ({ visits }) => visits.replaced()],
]

test.each(endings)('is ended at once by %s, and once', async (_who, by, end) => {
  const one = await helped()
  const id = one.question()
  end({ ...one, id })
  expect(one.visits.mayType('ada')).toBe(false)
  expect(one.visits.view()).toMatchObject({ help: null, ended: { name: 'ADA', by } })
  for (const [, , other] of endings) other({ ...one, id })
  one.state.awake = true
  one.host.answer(id, true)
  expect(one.visits.mayType('ada')).toBe(false)
  expect(one.notes.filter((note) => note.includes('help.ended'))).toEqual([`ADA help.ended ${by}`])
})

test.each(endings.filter(([, by]) => by !== 'owner'))('a question is ended by %s', async (_who, by, end) => {
  const one = house()
  const [host, page] = [one.visits.host(), one.visits.page(ada)]
  page.ask()
  const id = one.question()
  end({ ...one, host, page, id })
  one.state.awake = true
  host.answer(id, true)
  expect(one.visits.mayType('ada')).toBe(false)
  expect(one.visits.view().ended?.by).toBe(by)
})

test('the owner has two pages: closing one ends nothing', async () => {
  const { visits, host } = await helped()
  const other = visits.host()
  host.leave()
  expect(visits.mayType('ada')).toBe(true)
  other.leave()
  expect(visits.mayType('ada')).toBe(false)
})

test('the visitor has two pages: the leave is that of the one that asked', async () => {
  const { visits, page } = await helped()
  const other = visits.page(ada)
  other.leave()
  expect(visits.mayType('ada')).toBe(true)
  page.leave()
  expect(visits.mayType('ada')).toBe(false)
})
