/**
 * What this lab's evidence is worth. Pure: judges recorded text. Each figure is compared with what the learner's own machine told, and the
 * machine has to be as it was found.
 */
import type { Finding, Sheet } from '../schema.ts'
import { clientsOf } from '../shop/clients.ts'
import { failed, harmless, judgeApp, passed, type Side, sideOf, told } from '../shop/criteria.ts'
import type { Evidence } from '../shop/evidence.ts'
import { isServed, judgeServed } from '../shop/served.ts'
import { countsAfter, type Figures, figuresOf, somaxconnOf } from './evidence.ts'
import { type QuestionId, questions } from './questions.ts'

const counting = ['processed', 'opened'] as const
const limits = questions.map(({ id }) => id).filter((id) => !counting.some((one) => one === id))

export function brokenBaseline(before: Evidence): { ok: true } | { ok: false; reason: string } {
  const { all, served } = clientsOf(before)
  const figures = figuresOf(before)
  const no = (reason: string) => ({ ok: false, reason }) as const
  const silent = questions.find(({ id }) => figures[id] === null)
  if (silent) return no(`the server did not tell its ${silent.id}`)
  return served === all ? { ok: true } : no(`the shop answered ${served} of ${all} clients`)
}

interface Input {
  before: Evidence
  after: Evidence
  answers: Sheet | null
}

export function judge({ before, after, answers }: Input): Record<string, Finding> {
  const served = isServed(clientsOf(after))
  const sides = { before: sideOf(before), after: sideOf(after), served }
  const figures = { before: figuresOf(before), after: figuresOf(after) }
  return {
    sound: judgeBaseline(before, sides.before),
    ...judgeFigures(answers, figures.before, countsAfter(after)),
    served: judgeServed(sides),
    untouched: judgeUntouched(
      { ...figures.before, somaxconn: somaxconnOf(before) },
      { ...figures.after, somaxconn: somaxconnOf(after) },
      served,
    ),
    app: judgeApp(sides),
  }
}

function judgeBaseline(before: Evidence, { clients: { all, served } }: Side): Finding {
  const sound = brokenBaseline(before)
  if (sound.ok) return passed(`${served} of ${all} clients were answered.`, [])
  const feedback = `This machine was not as it should have been: ${sound.reason}.`
  return { status: 'error', share: 0, feedback, evidence: [] }
}

function judgeFigures(
  answers: Sheet | null,
  was: Figures,
  now: Pick<Figures, 'processed' | 'opened'>,
): Record<string, Finding> {
  return Object.fromEntries(
    questions.map(({ id, unit }) => [id, judgeFigure(answers?.figures[id], range(id, was, now), unit)]),
  )
}

interface Range {
  from: number | null
  to: number | null
}

/** A limit has one right value. What counts had every value between the first sample and this check. */
const range = (id: QuestionId, was: Figures, now: Pick<Figures, 'processed' | 'opened'>): Range =>
  id === 'processed' || id === 'opened' ? { from: was[id], to: now[id] } : { from: was[id], to: was[id] }

function judgeFigure(given: number | undefined, { from, to }: Range, unit: string): Finding {
  if (given === undefined) return failed('No figure was given.', [])
  if (from === null || to === null)
    return {
      status: 'not_gradable',
      share: 0,
      feedback: 'The machine did not tell this figure.',
      evidence: [],
    }
  const evidence = [{ label: 'Figure given', after: `${given} ${unit}` }]
  return given >= from && given <= to
    ? passed('This is what the machine says.', evidence)
    : failed('The machine says something else.', evidence)
}

/** Looking changes nothing. The rows show what was changed, never a limit that was not: that would be an answer. */
function judgeUntouched(
  was: Figures & { somaxconn: number | null },
  is: Figures & { somaxconn: number | null },
  served: boolean,
): Finding {
  const changed = [...limits, 'somaxconn' as const].filter((id) => was[id] !== is[id])
  if (changed.length === 0) return harmless('Every limit is as it was found.', [], served)
  const evidence = changed.map((id) => ({ label: nameOf(id), before: told(was[id]), after: told(is[id]) }))
  return failed(
    `${changed.length === 1 ? 'A limit was' : `${changed.length} limits were`} changed.`,
    evidence,
  )
}

const nameOf = (id: string): string =>
  questions.find((one) => one.id === id)?.text ??
  'What is the largest limit that a new listener’s accept queue may have?'
