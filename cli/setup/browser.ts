/**
 * A browser for tests and benches: finds Chromium or Chrome, installs Debian's when it may. Knows no test.
 */
import { CommandError } from '../output.ts'
import { aptInstall } from './apt.ts'
import type { Host } from './host.ts'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
]

export async function ensureBrowser(host: Host, note: (line: string) => void): Promise<string> {
  const found = findBrowser(host)
  if (found) return found
  if (!host.root || !host.debian)
    throw new CommandError(
      'No Chromium is installed, and the browser tests need one.',
      host.debian
        ? 'Run `sudo apt-get install -y chromium`.'
        : 'Install Chromium or Chrome, or name one in CHROMIUM_PATH.',
    )
  note('installing Debian’s chromium with apt-get')
  await aptInstall(host, ['chromium', 'fonts-liberation'], note)
  const installed = findBrowser(host)
  if (installed) return installed
  throw new CommandError(
    'apt-get installed chromium, but there is none.',
    'Install one by hand, or set CHROMIUM_PATH.',
  )
}

export function findBrowser(host: Pick<Host, 'exists'>): string | null {
  const named = process.env.CHROMIUM_PATH
  if (named) return host.exists(named) ? named : null
  return places.find((path) => host.exists(path)) ?? null
}
