/** Texts of the terminal. */
import { texts } from '../language.ts'

export const terminalText = /* @__PURE__ */ texts('terminalText', {
  label: (number: number) => `Shell ${number}`,
  region: 'Terminal on your server',
  tabs: 'Shells',
  picker: 'Choose a shell',
  pickKey: (place: number) => `Ctrl Shift ${place}`,
  none: 'No shell',
  noneOpen: 'No shell is open on this machine.',
  open: 'New shell',
  full: (most: number) => `A machine has at most ${most} shells`,
  close: (name: string) => `End ${name}`,
  rename: 'Rename this shell',
  end: 'End this shell',
  renameHint: 'Double-click or F2 to rename',
  nameField: (name: string) => `New name of ${name}`,
  news: 'has new output',
  ended: 'has ended',
  closing: {
    title: (name: string) => `End ${name}?`,
    body: (program: string) =>
      program === ''
        ? 'The machine does not say what runs in this shell. Whatever it is ends with it.'
        : `${program} runs in this shell and ends with it.`,
    yes: 'End the shell',
    no: 'Keep it',
  },
  otherSize: (cols: number, rows: number) => `${cols} × ${rows}, as in another window`,
  otherSizeHint:
    'The shell has the size of the window in which somebody typed last. Type here to take it over.',
  recording: {
    word: 'Recorded',
    title: 'These shells are recorded',
    body: (days: number) =>
      `What they show is kept with its times for ${days === 1 ? 'a day' : `${days} days`} after the last of it. What you type is not, unless the shell shows it: a password is never in it.`,
    looking: 'Looking for recordings',
    none: 'There is no recording of this machine.',
    file: (shell: number, generation: number) =>
      generation === 0 ? `Shell ${shell}` : `Shell ${shell}, after reset ${generation}`,
    size: (bytes: number) =>
      bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`,
    list: 'Recordings of your shells',
    how: 'Play one with asciinema play FILE.',
  },
  dismiss: 'Close this message',
  search: 'Search the output',
  searchField: 'Search the output',
  searchNext: 'Next match',
  searchPrevious: 'Previous match',
  searchClose: 'Close the search',
  searchNone: 'no match',
  searchCount: (index: number, count: number) => `${index} of ${count}`,
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  clear: 'Clear the scrollback',
  larger: 'Larger type',
  smaller: 'Smaller type',
  screenReader: 'Screen-reader mode',
  colours: 'Colours',
  colourNames: {
    page: 'As the page',
    light: 'Light',
    dark: 'Dark',
    contrast: 'High contrast',
  },
  fullScreen: 'Full screen: the shell gets Ctrl W, too',
  fullScreenKey: 'hold Esc to leave',
  fullScreenRefused:
    'The browser did not give the page the full screen with its keys: Ctrl W still closes this tab.',
  bell: 'Bell',
  bellNames: {
    none: 'None',
    visual: 'A flash of the frame',
    sound: 'A sound',
  },
  settings: 'Terminal settings and keys',
  keys: 'Keys',
  keyList: [
    ['Ctrl Shift C', 'copy the selection'],
    ['Ctrl Shift V', 'paste'],
    ['Ctrl Shift F', 'search'],
    ['Ctrl Shift 1 … 8', 'the shell at that place'],
    ['Ctrl Shift ← →', 'the shell beside this one'],
    ['Ctrl Shift Enter', 'new shell'],
    ['Ctrl Shift F6', 'leave the terminal, and come back'],
    ['Ctrl Shift F7', 'only the terminal, and all panes again'],
  ],
  copyRefused: 'The browser did not let the page copy: the clipboard is as it was.',
  pasteRefused: 'The browser does not let pages read the clipboard. Paste with Ctrl Shift V.',
  pasteTooLarge: 'That is more than 1 MiB: it was not typed. Copy it to the server in smaller pieces.',
  phases: {
    connecting: 'Connecting to the shell',
    waiting:
      'The connection to the shell is lost. The shell goes on; what you type is kept and arrives later.',
    closed: (status: number | null) =>
      status === null
        ? 'The shell was ended in another window.'
        : `The shell ended${status ? ` with status ${status}` : ''}.`,
    ended: 'The machine is gone.',
    refused: 'The shell cannot be reached.',
  },
  retry: 'Connect now',
  renew: 'New shell',
  reload: 'Reload the page',
} as const)
