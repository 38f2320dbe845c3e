/** Texts of the workbench. */
import { texts } from '../language.ts'

export const labText = /* @__PURE__ */ texts('labText', {
  title: (title: string) => `Lab: ${title}`,
  views: {
    ticket: 'Ticket',
    guide: 'Guide',
    diagnosis: 'Diagnosis',
    verdict: 'Verdict',
    terminal: 'Terminal',
    world: 'World',
  },
  viewsLabel: 'Parts of the workbench',
  actions: { reset: 'Reset', end: 'End', check: 'Check', checking: 'Checking' },
  back: (chapter: string) => `Back to the chapter: ${chapter}`,
  unknown: {
    title: 'There is no such lab',
    body: 'The address may be mistyped, or the lab may have been renamed. These exist:',
    none: 'No lab is installed yet.',
  },
  start: {
    title: 'A server of your own, broken',
    body: (minutes: number) =>
      `A machine with its own kernel, real clients that suffer, and you as root. About ${minutes} minutes; nothing can be spoiled that Reset does not bring back.`,
    sound: {
      title: 'A server of your own, and nothing broken',
      body: (minutes: number) =>
        `A machine with its own kernel, real clients, and you as root. About ${minutes} minutes.`,
    },
    playground: {
      title: 'A server of your own, to break as you like',
      body: () =>
        'A machine with its own kernel, real clients, and you as root. Nothing is broken until you break it, and nothing is graded.',
      start: 'Start the playground',
    },
    learn: 'You will',
    start: 'Start lab',
    again: 'Start again',
    starting: 'Starting',
    steps: 'The start, step by step',
    asking: 'Asking for a machine',
    ended: 'The machine is ended. Your verdicts are kept.',
    expired: {
      code: 'expired',
      message:
        'The machine is gone: its time was over, or it was ended in another tab. What was on it is lost; your verdicts are kept.',
      remedy: 'Start again for a fresh machine.',
    },
  },
  leaving: {
    title: 'Leave the lab?',
    body: 'The browser was told to go back while you were in a shell. Nothing is lost: the machine goes on for its time, with its shells, and this page brings you back to them.',
    yes: 'Leave',
    no: 'Stay',
  },
  dead: { reset: 'Reset: a fresh machine' },
  dismiss: 'Close this message',
  hints: {
    title: 'Hints',
    reveal: (number: number, count: number, price: number) =>
      `Show hint ${number} of ${count} (${points(price)})`,
    spent: (count: number, cost: number) => `${count} shown, −${points(cost)}`,
    note: 'Each says more than the one before, and costs one point more. A hint that was shown counts in every later check of this lab.',
  },
  diagnosis: {
    lead: 'What your machine tells you. You can check as often as you like.',
    stage: 'Stage where it happens',
    stageNone: 'Choose a stage',
    counter: 'Counter that proves it',
    counterHint: 'As nstat names it; type a part of it',
    counterNone: 'No counter of the course has this in its name.',
    counterList: 'Counters',
    value: 'Its value now',
    limit: 'The limit in force',
    why: 'Why (for yourself; not graded)',
    errors: {
      stage: 'Choose the stage.',
      counter: 'Name the counter, in at most 80 characters.',
      value: 'A whole number, as the counter shows it.',
      limit: 'A whole number, as the machine shows it.',
      why: 'At most 4000 characters.',
    },
    incomplete:
      'The diagnosis is not complete. Fill in the marked fields, or empty them all to check the repair alone.',
    check: 'Check',
    checkWithout: 'Check without a diagnosis',
    withoutNote: 'Without a diagnosis its points are not given.',
    notReady: 'There is no machine to check yet.',
    checking: 'Checking. The world sends the same load as before the repair; this takes up to 10 s.',
    ahead: (checks: number) =>
      checks === 1
        ? 'One check is before yours. Yours begins by itself.'
        : `${checks} checks are before yours. Yours begins by itself.`,
    measuring: 'The before-figures are still being measured; the check waits for them.',
  },
  sheet: {
    tab: 'Sheet',
    lead: 'What your machine tells you, each a whole number. You can check as often as you like; what stays empty earns nothing.',
    number: 'A whole number, or nothing.',
    empty: 'Check without a figure',
    note: 'Without figures their points are not given.',
    wrong: 'Some figures are not whole numbers. Mend or empty the marked fields.',
    stage: (name: string) => `Stage: ${name}`,
  },
  world: {
    title: 'The world: what the clients of your server see',
    answered: 'answered',
    lost: 'lost',
    p50: 'p50',
    p95: 'p95',
    now: 'now',
    ago: (s: number) => `−${s} s`,
    waiting: 'The clients have not sent anything yet.',
    offline: 'The connection is lost; the plot goes on when it is back.',
    asleep: 'The machine sleeps, and so do its clients. A key in the terminal wakes it.',
    summary: (ok: number, all: number, p95: string) =>
      all === 0 ? 'last 10 s: no requests' : `last 10 s: ${ok} of ${all} answered, p95 ${p95}`,
  },
  map: {
    failed:
      'The live map could not be loaded. The machine and its terminal go on; try again when the network is back.',
    again: 'Try again',
  },
  status: {
    label: 'Status of the machine',
    states: {
      none: 'no machine',
      starting: 'starting',
      ready: 'running',
      dead: 'stopped',
      failed: 'failed to start',
      ended: 'ended',
      checking: 'being checked',
      asleep: 'asleep, wakes on a key',
      frozen: 'handed in, stands still',
    },
    baseline: {
      measuring: 'before-figures: being measured',
      taken: 'before-figures: taken',
      failed: 'before-figures: failed',
    },
    connection: {
      live: 'connected',
      connecting: 'connecting',
      waiting: 'connection lost, trying again',
      over: 'not connected',
    },
    criteria: (passed: number, all: number, score: number, maxScore: number) =>
      `${passed} of ${all} criteria, ${score} of ${maxScore} points`,
    noVerdict: 'not checked yet',
  },
  time: {
    left: (time: string) => `${time} left`,
    extend: 'Extend',
    ends: (at: string, extendable: boolean) =>
      extendable ? `The machine ends at ${at}.` : `Ends at ${at}, for good. Check now.`,
    announce: (minutes: number, at: string, extendable: boolean) =>
      `Less than ${minutes} minutes left: the machine ends at ${at}. ${
        extendable ? 'Extend, in the status line, gives more time.' : 'Check now; verdicts are kept.'
      }`,
    title: (minutes: number, title: string) => `(${minutes} min left) ${title}`,
  },
  confirm: {
    reset: {
      title: 'Reset the machine?',
      body: 'You get a fresh machine, set up in the same way. Everything you did on this one is lost: files, settings, running programs. Your verdicts are kept.',
      yes: 'Reset',
    },
    end: {
      title: 'End the machine?',
      body: 'The machine is taken away with everything you did on it. Your verdicts are kept; you can start the lab again.',
      yes: 'End',
    },
    no: 'Keep working',
  },
  panes: {
    side: 'Width of the ticket',
    world: 'Height of the world plot',
    hideSide: 'Hide the ticket',
    showSide: 'Show the ticket',
    hideWorld: 'Hide the world plot',
    showWorld: 'Show the world plot',
    alone: 'Only the terminal (Ctrl Shift F7)',
    together: 'The other panes again (Ctrl Shift F7)',
  },
} as const)

const points = (count: number): string => (count === 1 ? '1 point' : `${count} points`)

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 9950 ? 2 : 1)} s`
