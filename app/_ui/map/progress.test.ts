import { expect, test } from 'vitest'
import { stageIds } from '#/labs/stages.ts'
import { progressAlong } from './progress.ts'

const nic = { read: true, meta: { stages: ['wire', 'ring'] as const } }
const irq = { read: false, meta: { stages: ['ring', 'irq'] as const } }
const journey = { read: true, meta: { stages: stageIds } }
const lab = { passed: true, meta: { stage: 'ring' as const } }
const anywhere = { passed: true, meta: { stage: null } }

const along = progressAlong([journey, nic, irq], [lab, anywhere], irq)
const at = (id: string) => along.find((stage) => stage.id === id)

test('a stage counts the chapters about it and its own labs', () => {
  expect(at('ring')).toMatchObject({
    chapters: { done: 1, all: 2 },
    labs: { done: 1, all: 1 },
    state: 'begun',
  })
  expect(at('wire')).toMatchObject({
    chapters: { done: 1, all: 1 },
    labs: { done: 0, all: 0 },
    state: 'done',
  })
  expect(at('irq')).toMatchObject({ chapters: { done: 0, all: 1 }, state: 'open' })
})

test('a chapter about the whole path, and a lab about no stage, are nobody’s', () => {
  expect(at('app')).toMatchObject({
    chapters: { done: 0, all: 0 },
    labs: { done: 0, all: 0 },
    state: 'nothing',
  })
})

test('the next chapter’s stages are marked', () => {
  expect(along.filter(({ next }) => next).map(({ id }) => id)).toEqual(['ring', 'irq'])
})
