/**
 * Everything that is wrong with one lab and its texts, all at once, for its author. Pure: tries the lab's own functions on a few seeds, asks
 * no machine. Whether the lab really breaks and mends is for `lab prove`.
 */
import { z } from 'zod'
import type { Field, LabTexts } from './folder.ts'
import { type Lab, labMetaSchema, machineSchema } from './schema.ts'

const kinds = ['baseline', 'diagnosis', 'repair', 'behaviour', 'collateral'] as const
const criterionSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  kind: z.enum(kinds),
  title: z.string().min(1),
  maxPoints: z.number().int().min(0).max(100),
})
const someSeeds = Array.from({ length: 12 }, (_, seed) => seed)
const fewestVariants = 4

export function labFields(lab: Lab, folder: string, texts: LabTexts): Field[] {
  return [
    ...metaFields(lab, folder),
    ...criteriaFields(lab).map((one) => ({ file: 'lab.ts', ...one })),
    ...variantFields(lab).map((one) => ({ file: 'lab.ts', ...one })),
    ...textFields(texts),
    ...(lab.disguise ? [] : fixFields(texts)),
    ...(lab.disguise || lab.questions || texts.undoScript
      ? []
      : [wrong('undo.sh', 'The file is missing: how the playground takes the break back.')]),
    ...scriptFields(lab, texts),
  ]
}

type InFile = Omit<Field, 'file'>

function metaFields({ meta }: Lab, folder: string): Field[] {
  const parsed = labMetaSchema.safeParse(meta)
  const malformed = issues(parsed, 'meta').map((one) => ({ file: 'lab.ts', ...one }))
  if (meta.id === folder) return malformed
  return [
    ...malformed,
    { file: 'lab.ts', field: 'meta.id', message: `The lab calls itself ${meta.id}, its folder ${folder}.` },
  ]
}

function criteriaFields({ criteria, questions }: Lab): InFile[] {
  if (criteria.length === 0) return [{ field: 'criteria', message: 'A lab without criteria checks nothing.' }]
  const malformed = criteria.flatMap((one, i) => issues(criterionSchema.safeParse(one), `criteria[${i}]`))
  const ids = criteria.map(({ id }) => id)
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i)
  // Where nothing is broken there is nothing to repair.
  const wanted = questions ? kinds.filter((kind) => kind !== 'repair') : kinds
  const missing = wanted.filter((kind) => !criteria.some((one) => one.kind === kind))
  const unasked = (questions ?? []).filter(({ id }) => !ids.includes(id))
  const points = (kind: string) =>
    criteria.reduce((sum, one) => sum + (one.kind === kind ? one.maxPoints : 0), 0)
  return [
    ...malformed,
    ...twice.map((id) => ({ field: 'criteria', message: `Two criteria are called ${id}.` })),
    ...missing.map((kind) => ({ field: 'criteria', message: `No criterion is of the kind ${kind}.` })),
    ...unasked.map(({ id }) => ({ field: 'questions', message: `No criterion is called ${id}.` })),
    ...(points('baseline') > 0
      ? [{ field: 'criteria', message: 'A baseline is nobody’s merit: 0 points.' }]
      : []),
    ...(points('behaviour') <= points('repair')
      ? [{ field: 'criteria', message: 'What the guest says of itself outweighs what the world sees.' }]
      : []),
  ]
}

function variantFields(lab: Lab): InFile[] {
  try {
    const variants = someSeeds.map((seed) => lab.variant(seed))
    const distinct = new Set(variants.map((one) => JSON.stringify(one))).size
    const repeatable = someSeeds.every(
      (seed, i) => JSON.stringify(lab.variant(seed)) === JSON.stringify(variants[i]),
    )
    return [
      ...(repeatable ? [] : [{ field: 'variant', message: 'One seed gives different variants.' }]),
      ...(distinct >= fewestVariants
        ? []
        : [
            {
              field: 'variant',
              message: `${someSeeds.length} seeds give ${distinct} variants; at least ${fewestVariants}.`,
            },
          ]),
      ...variants.flatMap((variant) => issues(machineSchema.safeParse(lab.machine(variant)), 'machine')),
      ...variants.flatMap((variant, seed) => planFields(lab, variant, seed)),
    ].filter((one, i, all) => all.findIndex(({ message }) => message === one.message) === i)
  } catch (error) {
    return [{ field: 'variant', message: `It throws: ${error instanceof Error ? error.message : error}` }]
  }
}

/** The world plays at most 2,000 requests and 120 s, sorted by time (sandbox/image/PROTOCOL.md). */
function planFields(lab: Lab, variant: unknown, seed: number): InFile[] {
  const { everyMs, plan } = lab.background(variant, seed)
  const times = plan.requests.map(({ atMs }) => atMs)
  const wrong = (message: string) => ({ field: 'background', message })
  return [
    ...(times.length > 2_000 ? [wrong('More than 2,000 requests.')] : []),
    ...(times.some((at) => at < 0 || at >= everyMs) ? [wrong('A request lies outside the period.')] : []),
    ...(times.some((at, i) => at < (times[i - 1] ?? 0))
      ? [wrong('The requests are not sorted by time.')]
      : []),
    ...(everyMs < 500 || everyMs > 120_000 ? [wrong('The period is not between 0.5 and 120 s.')] : []),
  ]
}

const wrong = (file: string, message: string): Field => ({ file, field: null, message })

function textFields({ hints }: LabTexts): Field[] {
  return [
    ...(hints.length < 3 ? [wrong('hints.md', 'At least three hints, each begun with ## and a title.')] : []),
    ...hints.flatMap(({ title, text }) =>
      title && text ? [] : [wrong('hints.md', `The hint "${title}" is empty.`)],
    ),
  ]
}

function fixFields({ solves, wrongs }: LabTexts): Field[] {
  return [
    ...(solves.some(({ name }) => name === 'solve.sh') ? [] : [wrong('solve.sh', 'The file is missing.')]),
    ...(wrongs.length < 4 ? [wrong('wrong', `At least four wrong fixes; there are ${wrongs.length}.`)] : []),
  ]
}

function scriptFields({ criteria }: Lab, { breakScript, solves, wrongs }: LabTexts): Field[] {
  const ids = criteria.map(({ id }) => id)
  const scripts = [{ name: 'break.sh', script: breakScript }, ...solves, ...wrongs].filter(
    ({ script }) => script,
  )
  return [
    ...scripts.flatMap(({ name, script }) =>
      /^#!\/bin\/(ba)?sh\n/.test(script)
        ? []
        : [{ file: name, field: null, message: 'The first line is not #!/bin/bash.' }],
    ),
    ...wrongs.flatMap(({ name, fails }) => {
      if (ids.includes(fails)) return []
      const message = fails
        ? `There is no criterion ${fails}. There are ${ids.join(', ')}.`
        : 'The header names no criterion that must fail: "# fails: ID".'
      return [{ file: name, field: 'fails', message }]
    }),
  ]
}

function issues(result: z.ZodSafeParseResult<unknown>, at: string): InFile[] {
  if (result.success) return []
  return result.error.issues.map(({ path, message }) => ({
    field: [at, ...path.map(String)].join('.'),
    message,
  }))
}
