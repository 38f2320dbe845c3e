/** Texts of the workshop room: the instructor's wall, and what is led from it. */
import { texts } from '../../language.ts'

const ordinal = (n: number): string => {
  const tens = n % 100
  if (tens >= 11 && tens <= 13) return `${n}th`
  return `${n}${{ 1: 'st', 2: 'nd', 3: 'rd' }[n % 10] ?? 'th'}`
}
const learners = (count: number): string => (count === 1 ? '1 learner' : `${count} learners`)

/** How long ago, or for how long: as exact as one looks at it from across a room. */
const span = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 1) return 'less than a minute'
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d`
}

export const roomText = /* @__PURE__ */ texts('roomText', {
  title: 'Workshop room',
  span,
  ordinal,
  closed: {
    lead: 'While the room is open, every learner of this cohort is on your wall and hears you on every page: where to go, what to type, how long. They can raise a hand.',
    archived: 'This cohort is archived: its room stays closed.',
    open: 'Open the room',
    /** For who may only help in it. */
    wait: 'An instructor of this cohort opens it.',
  },
  close: 'Close the room',
  closeYes: 'Close it for everybody',
  closeNote: 'Hands are lowered, and what was told is no longer shown. Machines run on.',
  state: {
    connecting: 'The wall is on its way.',
    lost: 'The connection is lost. What you see is as it was; it comes back by itself.',
    gone: 'The room was closed.',
  },
  summary: {
    here: (here: number, all: number) => `${here} of ${all} here`,
    hands: (count: number) => (count === 1 ? '1 hand up' : `${count} hands up`),
    stuck: (count: number) => `${count} stuck`,
    losing: (count: number) => `${count} losing packets`,
    passed: (count: number) => `${count} passed`,
  },
  empty: {
    title: 'Nobody learns in this cohort yet',
    text: 'Add people to the roster, or hand out the code by which they join: each appears here at once.',
    wait: 'Who is added to it, or joins by its code, appears here at once.',
    roster: 'To the roster',
    code: 'To the code',
  },
  none: 'Nobody is like that now.',
  hidden: (count: number) =>
    `${learners(count)} more have no tile, for the wall holds 300. Who comes gets one.`,
  map: {
    title: 'The class on the path',
    lead: 'Where they read or work, and where their packets are lost now. A stage shows only who is there.',
    here: (count: number) => `${count} here`,
    losing: (count: number) => `${count} lose`,
    stage: (name: string, here: number, losing: number) =>
      `${name}: ${here === 0 ? 'nobody' : learners(here)} here, ${losing === 0 ? 'nobody loses' : `${learners(losing)} lose`} packets`,
    all: 'The whole path',
  },
  sort: {
    label: 'Order',
    help: 'Who needs help first',
    name: 'Name',
    place: 'Place along the path',
    progress: 'Criteria passed, fewest first',
    activity: 'Last activity, longest ago first',
  },
  filter: {
    label: 'Show',
    all: 'Everybody',
    here: 'Who is here',
    hand: 'Hands up',
    stuck: 'Stuck',
    losing: 'Losing packets',
    working: 'At a lab, not passed',
    away: 'Who is not here',
  },
  find: 'Find by name',
  wall: 'Learners',
  shown: (shown: number, all: number) =>
    shown === all ? learners(all) : `${shown} of ${all} learners shown`,
  tile: {
    away: 'not here',
    nowhere: 'elsewhere in Ringside',
    playground: 'Playground',
    unknown: 'something that is no longer there',
    active: (ago: string) => `active ${ago} ago`,
    activeNow: 'active now',
    seen: (ago: string) => `seen ${ago} ago`,
    never: 'not seen yet',
    losing: (stage: string) => `loses at ${stage}`,
    criteria: (passed: number, all: number) => `${passed} of ${all} criteria`,
    unchecked: 'not checked yet',
    passed: 'passed',
    stuck: (time: string) => `stuck for ${time}`,
    hand: (place: number) => `hand up, ${ordinal(place)}`,
    machine: {
      starting: 'machine starts',
      running: 'machine runs',
      asleep: 'machine sleeps',
      dead: 'machine has stopped',
    },
    look: 'Terminal',
    lookOf: (name: string) => `Look at the terminal of ${name}`,
    /** For who sees no drawing. */
    strip: (here: string | null, losing: string | null) =>
      [here ? `On the path at ${here}` : 'Not on the path', losing ? `loses packets at ${losing}` : '']
        .filter(Boolean)
        .join(', '),
  },
  queue: {
    title: 'Raised hands',
    none: 'No hand is up.',
    since: (time: string) => `for ${time}`,
    lower: 'Done',
    lowerOf: (name: string) => `${name} was helped: lower the hand`,
    raised: (name: string, count: number) =>
      `${name} raised a hand. ${count === 1 ? '1 hand is' : `${count} hands are`} up.`,
  },
  lead: {
    title: 'Lead',
    bring: {
      title: 'Bring everybody to',
      item: 'Chapter or lab',
      submit: 'Bring everybody',
      note: 'Who works at a live machine is asked; all others go by themselves unless they decline.',
      last: (title: string, ago: string) => `Last: ${title}, ${ago} ago.`,
    },
    tell: {
      title: 'Tell everybody',
      kind: 'As',
      message: 'Message',
      command: 'Command to copy',
      text: 'Text',
      submit: 'Send',
      told: 'Told so far',
    },
    time: {
      title: 'Timed exercise',
      text: 'What to do',
      minutes: 'Minutes',
      submit: 'Start',
      left: (clock: string) => `${clock} left`,
      over: 'Time is up.',
      more: (minutes: number) => `${minutes} min more for everybody`,
      stop: 'Stop',
    },
    reveal: {
      title: 'Show to everybody',
      lab: 'Lab',
      what: 'What',
      hint: (n: number, title: string) => `Hint ${n}: ${title}`,
      solution: 'The debrief, with the solution',
      submit: 'Show',
      note: 'It costs nobody points.',
      shown: 'Shown so far',
    },
    sent: 'Done.',
  },
  bar: {
    label: 'Workshop room',
    in: (name: string) => name,
    screen: (name: string) => `${name} shows a terminal:`,
    watch: 'Watch',
    watchOf: (name: string) => `Watch the terminal that ${name} shows`,
    raise: 'Raise hand',
    lower: 'Lower hand',
    place: (place: number, of: number) =>
      place === 1 ? 'Your hand is up: you are next.' : `Your hand is up: ${ordinal(place)} of ${of}.`,
    brings: (title: string) => `Your instructor brings everybody to “${title}”.`,
    brought: (title: string) => `Your instructor is at “${title}”.`,
    going: (seconds: number) => `You go there in ${seconds} s.`,
    machine: 'Your machine here goes on running if you go.',
    go: 'Go there',
    stay: 'Stay here',
    message: 'Your instructor says',
    command: 'Your instructor gives a command',
    dismiss: 'Seen',
    timer: (text: string, clock: string) => `${text}: ${clock}`,
    left: 'left',
    over: (text: string) => `Time is up: ${text}`,
    more: 'Messages so far',
    hint: (n: number, lab: string) => `Hint ${n} of ${lab}, shown to all`,
    solution: (lab: string) => `Solution of ${lab}, shown to all`,
    close: 'Close',
    lost: 'The line to the room is lost; it comes back by itself.',
  },
} as const)
