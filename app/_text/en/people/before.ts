/** Texts of what comes before a workshop: seats, and the check page. */
import type { DeviceCheckId } from '#/classroom/room/device-checks.ts'
import { texts } from '../../language.ts'

export const beforeText = /* @__PURE__ */ texts('beforeText', {
  title: 'Before the workshop',
  back: 'To the room',
  seats: {
    title: 'Seats',
    lead: 'Machines that are ready when everybody starts at once. They are made shortly before the beginning and take memory until the end.',
    lab: 'Lab',
    count: 'Seats',
    from: 'Ready by',
    fromHint: (zone: string) => `On the clock of ${zone}. Empty: as soon as possible.`,
    until: 'Until',
    submit: 'Reserve',
    none: 'No seats are reserved.',
    line: (seats: number, title: string) => `${seats} seats of ${title}`,
    when: (from: string | null, until: string) =>
      from === null ? `kept ready until ${until}` : `ready by ${from}, until ${until}`,
    state: (taken: number, ready: number) => `${taken} taken; ${ready} machines of this kind are ready now`,
    cancel: 'Give up',
    cancelOf: (title: string) => `Give up the seats of ${title}`,
    away: 'What is reserved cannot be told now.',
  },
  list: {
    title: 'Devices',
    table: 'Each learner’s device',
    lead: 'Ask everybody to open this page the day before, on the device they will bring.',
    address: 'The check page',
    name: 'Name',
    when: 'Checked',
    never: 'not yet',
    device: 'Browser and window',
    count: (done: number, all: number) => `${done} of ${all} have checked`,
    trouble: (count: number) => (count === 0 ? '' : count === 1 ? '1 has trouble' : `${count} have trouble`),
  },
  outcome: { pass: 'works', fail: 'does not work', open: 'not tried' },
  checks: {
    browser: 'Browser',
    socket: 'WebSocket',
    line: 'Live line',
    clipboard: 'Clipboard',
    keyboard: 'Keyboard',
  } satisfies Record<DeviceCheckId, string>,
  page: {
    title: 'Is this device ready?',
    lead: 'Five things that the workshop needs of your browser and your network. Your instructor sees the result, so that trouble is found today.',
    running: 'is being tried',
    does: {
      browser: 'All that the pages and the terminal use.',
      socket: 'The terminal’s way to your machine, through your network and its proxies.',
      line: 'How the room reaches you: messages, the timer, your place in the queue.',
      clipboard: 'Copying a command from the page.',
      keyboard: 'The keys that a shell needs.',
    } satisfies Record<DeviceCheckId, string>,
    help: {
      browser: 'Use a current Firefox, Chrome, Edge or Safari, and update it.',
      socket:
        'A proxy or a filter on your way takes WebSockets away. Try another network, a telephone’s for instance, or without a VPN.',
      line: 'A proxy or a filter on your way keeps answers back. Try another network, or without a VPN.',
      clipboard:
        'Allow this site to use the clipboard. Over plain http browsers allow it on the same machine only; then mark and copy by hand.',
      keyboard:
        'Compare what you typed sign by sign. A keyboard layout may hide | ~ and > behind AltGr or Option.',
    } satisfies Record<DeviceCheckId, string>,
    copy: 'Copy a word',
    type: 'Type this line, it does nothing here',
    line: "ss -lnt | grep ':80' > ~/a_b",
    kept: 'Your instructor sees this result.',
    notKept: 'The result could not be sent. It is tried again with the next thing that you do here.',
  },
} as const)
