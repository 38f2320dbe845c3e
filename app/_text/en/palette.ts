/** Texts of the search, and of the sheet of keys. */
import { texts } from '../language.ts'

export const paletteText = /* @__PURE__ */ texts('paletteText', {
  title: 'Search the course',
  field: 'Search chapters, labs, commands, counters, terms',
  results: 'What was found',
  loading: 'Reading the course',
  count: (count: number) => (count === 1 ? '1 entry' : `${count} entries`),
  nothing: (question: string) =>
    `Nothing in the course fits “${question}”. Fewer or shorter words find more.`,
  again: 'Try again',
  keysHint: 'All keys',
  hints: [
    ['↑ ↓', 'choose'],
    ['Enter', 'open'],
    ['Esc', 'close'],
  ],
  kinds: {
    page: 'page',
    chapter: 'chapter',
    section: 'section',
    lab: 'lab',
    command: 'command',
    counter: 'counter',
    term: 'term',
  },
  pages: [
    ['/', 'The path', 'home'],
    ['/course', 'The course', 'progress, what is due, every chapter'],
    ['/labs', 'All labs', 'the catalogue'],
    ['/pocket', 'The pocket', 'every command, and what its columns mean'],
    ['/glossary', 'The glossary', 'every term, and what it means'],
    ['/certificate', 'The certificate', 'what you have finished, for others to verify'],
    ['/account', 'Your account', 'signing in, and everything of yours'],
    ['/playground', 'Playground', 'a server of your own, with nothing broken'],
  ],
  sheet: {
    title: 'Keys',
    intro: 'They act outside of fields and of the terminal, which keeps its own.',
    groups: [
      [
        'Find',
        [
          ['Ctrl K', 'search, on a Mac Cmd K'],
          ['/', 'search'],
          ['?', 'these keys'],
        ],
      ],
      [
        'Go',
        [
          ['g h', 'home: the path'],
          ['g c', 'the course'],
          ['g l', 'all labs'],
          ['g p', 'the pocket: every command'],
          ['g s', 'the playground: a server of your own'],
        ],
      ],
      [
        'Chapter',
        [
          ['j or ]', 'next chapter'],
          ['k or [', 'previous chapter'],
        ],
      ],
      [
        'Terminal',
        [
          ['g t', 'into the terminal of this page'],
          ['Ctrl Shift F6', 'out of it, and back'],
          ['Ctrl Shift F7', 'only the terminal, and all panes again'],
        ],
      ],
    ],
    inTerminal: 'In the terminal',
    single: 'Keys without Ctrl',
    singleHint: 'Switch them off when you dictate. Ctrl K stays. Kept in this browser.',
  },
} as const)
