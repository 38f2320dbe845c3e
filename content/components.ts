/**
 * The components a chapter may use, with their props. The app supplies every one of them by this name (its map of components is typed by
 * `ComponentName` and `ComponentProps`); the check holds every use against the schema. Knows no React: children are the app's business.
 *
 * Markdown itself becomes plain HTML elements, which the app may replace as well. Code blocks arrive as
 * `figure[data-rehype-pretty-code-figure] > figcaption[data-rehype-pretty-code-title]? + pre[data-language] > code > span[data-line]`;
 * their colours are `--shiki-light` and `--shiki-dark` on each span, with no background. A block of language `console` is a terminal session.
 */
import { z } from 'zod'

const text = z.string().trim().min(1)

/** Models that a reader can push; each is made for one place in the course. */
const instrumentSchemas = {
  /** A receive ring that fills and overflows. */
  RingThatFills: z.strictObject({}),
  /** The turns of net_rx_action, their budget and their time. */
  NapiBudget: z.strictObject({}),
  /** Half-open and accept queue, with arrivals and accepts. */
  TwoQueues: z.strictObject({}),
  /** The same under a flood of SYNs, with and without cookies. */
  SynFlood: z.strictObject({}),
  /** Receive buffer, window and backpressure. */
  WindowThatCloses: z.strictObject({}),
  /** SO_REUSEPORT: which socket a connection is given. */
  FlowHash: z.strictObject({}),
} as const

export const componentSchemas = {
  /** The entry to a lab: title, time, state of one's attempt, the button that starts it. */
  Lab: z.strictObject({ id: text }),
  /** A remark beside the story: `note` adds, `warning` saves an evening, `history` says why it is so. */
  Aside: z.strictObject({ kind: z.enum(['note', 'warning', 'history']), title: text.optional() }),
  /** A word explained in place: children are the word, `of` is the term's id in content/glossary.ts. */
  Term: z.strictObject({ of: text }),
  /** A picture with its caption: children are an inline SVG or an img, `title` the caption, `describes` says what it shows to those who do not see it. */
  Figure: z.strictObject({ title: text, describes: text }),
  /** The recall questions at the end of a chapter: children are `Question`. */
  Recall: z.strictObject({}),
  /** One question; children are the answer with its explanation, hidden until asked for. */
  Question: z.strictObject({ ask: text }),
  ...instrumentSchemas,
} as const

export type ComponentName = keyof typeof componentSchemas
export type ComponentProps<Name extends ComponentName> = z.infer<(typeof componentSchemas)[Name]>

export const isInstrument = (name: string): boolean => Object.hasOwn(instrumentSchemas, name)

export const isComponentName = (name: string): name is ComponentName => Object.hasOwn(componentSchemas, name)
