/** Texts around every page: header, theme, sign-in, what is not found. */
export const frameText = {
  product: 'Ringside',
  description: 'A hands-on course: how the Linux kernel receives an HTTP request.',
  skip: 'Skip to the content',
  home: 'Ringside: the whole path',
  navigation: 'Course',
  playground: 'Playground',
  theme: (now: string, next: string) =>
    `Theme: ${themeNames[now] ?? now}. Switch to ${themeNames[next] ?? next}.`,
  signIn: {
    title: 'Open the link that npm start printed',
    body: 'The terminal where Ringside was started shows one address. It carries a token that tells the course who you are; without it these pages stay closed.',
    command: 'npm start',
    example: 'Open  http://localhost:3000/signin?token=…',
    wrongTitle: 'This token is not the right one',
    wrongBody:
      'Tokens belong to one installation. Copy the whole address from the terminal that runs npm start; nothing of your work is lost.',
  },
  notFound: {
    title: 'There is no such page',
    body: 'The address may be mistyped, or the chapter may have been renamed.',
    home: 'Go to the path',
  },
  failed: {
    title: 'This page could not be shown',
    body: 'What you did before is stored, and a machine that runs goes on running.',
    remedy: 'Try again. If it stays so, look at the terminal that runs npm start.',
    again: 'Try again',
    reference: (digest: string) => `Reference in the log: ${digest}`,
  },
} as const

const themeNames: Record<string, string> = { auto: 'as the system', light: 'light', dark: 'dark' }
