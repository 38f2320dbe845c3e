/** The browser of a bench. Knows no page. */
import { type Browser, chromium } from 'playwright-core'
import type { Host } from '../setup/host.ts'

/** Ctrl-C is Ringside's to answer: left to itself, the browser's library would end this process before what it started has ended. */
export const launchBrowser = (host: Pick<Host, 'root'>, executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: host.root ? ['--no-sandbox'] : [],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  })
