/** The parts that every chapter has, whatever it is about. Judges what a chapter contains; knows no chapter. */
import { isInstrument } from './components.ts'
import type { Inventory } from './tree.ts'

/** Headings of level 2, in this order. What else a chapter needs stands between them. */
const demandedHeadings = ['See it on your machine', 'Where common articles are imprecise', 'Recall'] as const

const questionsAsked = 5

interface PartProblem {
  line: number | null
  field: string | null
  message: string
}

export const partProblems = (inventory: Inventory): PartProblem[] => [
  ...headings(inventory),
  ...pictures(inventory),
  ...questions(inventory),
]

function headings({ toc }: Inventory): PartProblem[] {
  let last = 0
  return demandedHeadings.flatMap((text): PartProblem[] => {
    const heading = toc.find((one) => one.depth === 2 && one.text === text)
    if (!heading) return [{ line: null, field: null, message: `The chapter has no heading “${text}”.` }]
    const isLate = heading.line > last
    last = Math.max(last, heading.line)
    const order = `The order is: ${demandedHeadings.join(', ')}.`
    return isLate ? [] : [{ line: heading.line, field: null, message: order }]
  })
}

function pictures({ elements }: Inventory): PartProblem[] {
  if (elements.some(({ name }) => name === 'Figure' || isInstrument(name))) return []
  return [
    { line: null, field: 'Figure', message: 'The chapter has no picture: a <Figure> or an instrument.' },
  ]
}

function questions({ elements }: Inventory): PartProblem[] {
  const recalls = elements.filter(({ name }) => name === 'Recall')
  const asked = elements.filter(({ name }) => name === 'Question').length
  if (recalls.length === 1 && asked === questionsAsked) return []
  const message = `The chapter ends with one <Recall> of five questions; it has ${recalls.length} of ${asked}.`
  return [{ line: recalls.at(-1)?.line ?? null, field: 'Recall', message }]
}
